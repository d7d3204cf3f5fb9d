package phifleet.inference.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.Pooling;

/** Folders without weights that are read: what their small files say. */
class HuggingFaceFolderTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void bert() throws IOException {
        write("config.json", "{\"model_type\":\"bert\",\"max_position_embeddings\":512,\"pad_token_id\":3}");
        write("tokenizer.json", "{}");
        write("model.safetensors", "read when it is loaded");
        write("modules.json", """
                [{"type":"sentence_transformers.models.Transformer","path":""},
                 {"type":"sentence_transformers.models.Pooling","path":"1_Pooling"}]""");
        write("1_Pooling/config.json", "{\"pooling_mode_mean_tokens\":true,\"pooling_mode_cls_token\":true}");
    }

    @Test
    void read_flags_haveTheirOrderWhateverTheFiles() throws Exception {
        HuggingFaceFolder read = HuggingFaceFolder.read(folder, FolderWishes.NONE);
        assertThat(read.pooling().modes()).containsExactly(Pooling.Mode.CLS, Pooling.Mode.MEAN);
        assertThat(read.normalize()).isFalse();
        assertThat(read.padId()).isEqualTo(3);
        assertThat(read.source()).isInstanceOf(ModelSource.Safetensors.class);
        assertThat(read.recipe().decisions()).contains("pooling cls+mean (1_Pooling/config.json)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "512|1e30|0|512",
                "512|128|0|128",
                "512|1000000000000000019884624838656|64|64",
                "32|128|64|32",
                "512|128|256|256"
            })
    void read_limits_leastCounts(int positions, String tokenizer, int sentence, int expected) throws Exception {
        write("config.json", "{\"model_type\":\"bert\",\"max_position_embeddings\":" + positions + "}");
        write("tokenizer_config.json", "{\"model_max_length\":" + tokenizer + "}");
        write("sentence_bert_config.json", "{\"max_seq_length\":" + (sentence == 0 ? "null" : sentence) + "}");
        assertThat(HuggingFaceFolder.read(folder, FolderWishes.NONE).maxTokens())
                .isEqualTo(expected);
    }

    /** As sentence-transformers takes it: angles go on where a table ends. */
    @ParameterizedTest
    @CsvSource({"qwen3, 96, 96", "qwen3, 0, 64", "modernbert, 96, 96", "bert, 96, 64", "gptj, 96, 64"})
    void read_limitBeyondThePositions_isFollowedWhereTheyAreAngles(String type, int sentence, int expected)
            throws Exception {
        write("config.json", "{\"model_type\":\"" + type + "\",\"max_position_embeddings\":64,\"n_positions\":64}");
        write("sentence_bert_config.json", "{\"max_seq_length\":" + (sentence == 0 ? "null" : sentence) + "}");
        assertThat(HuggingFaceFolder.read(folder, FolderWishes.NONE).maxTokens())
                .isEqualTo(expected);
    }

    @Test
    void read_limitOfATokeniserOfAnOldRelease_isItsLimit() throws Exception {
        write("tokenizer_config.json", "{\"max_len\":128}");
        assertThat(HuggingFaceFolder.read(folder, FolderWishes.NONE).maxTokens())
                .isEqualTo(128);
        write("tokenizer_config.json", "{\"max_len\":128,\"model_max_length\":256}");
        assertThat(HuggingFaceFolder.read(folder, FolderWishes.NONE).maxTokens())
                .isEqualTo(256);
    }

    @Test
    void read_whatIsSaidOfTheUsualNetwork_isLetPass() throws Exception {
        write(
                "sentence_bert_config.json",
                "{\"transformer_task\":\"feature-extraction\",\"modality_config\":{\"text\":{\"method\":\"forward\",\"method_output_name\":"
                        + "\"last_hidden_state\"},\"message\":{\"method\":\"forward\"}},\"module_output_name\":\"token_embeddings\"}");
        write("config_sentence_transformers.json", "{\"model_type\":\"SentenceTransformer\"}");
        assertThat(HuggingFaceFolder.read(folder, FolderWishes.NONE).maxTokens())
                .isEqualTo(512);
    }

    @Test
    void read_shiftedPositions_areNotTokens() throws Exception {
        write("config.json", "{\"model_type\":\"camembert\",\"max_position_embeddings\":514,\"pad_token_id\":1}");
        assertThat(HuggingFaceFolder.read(folder, FolderWishes.NONE).maxTokens())
                .isEqualTo(512);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config.json|{\"model_type\":\"t5\"}|set max-tokens:",
                "1_Pooling/config.json|{\"pooling_mode\":\"attention\"}|attention",
                "1_Pooling/config.json|{\"pooling_mode_of_mine\":true}|pooling_mode_of_mine",
                "1_Pooling/config.json|{}|set pooling:",
                "modules.json|[{\"type\":\"x.Transformer\",\"path\":\"../other\"}]|not in the folder",
                "modules.json|[{\"type\":\"x.CLIPModel\",\"path\":\"\"}]|CLIPModel",
                "modules.json|[{\"type\":\"x.Transformer\",\"path\":\"\"}, {\"type\":\"x.LSTM\",\"path\":\"\"}]|LSTM",
                "config_sentence_transformers.json|{\"default_prompt_name\":\"query\"}|default_prompt_name is query",
                "sentence_bert_config.json|{\"config_args\":{\"hidden_act\":\"relu\"}}|config_args has hidden_act \"relu\", which is not supported",
                "sentence_bert_config.json|{\"tokenizer_args\":{\"model_max_length\":12}}|tokenizer_args has model_max_length 12",
                "sentence_bert_config.json|{\"processing_kwargs\":{\"text\":{\"max_length\":9}}}|processing_kwargs.text has max_length 9",
                "sentence_bert_config.json|{\"model_kwargs\":{\"num_hidden_layers\":1}}|model_kwargs has num_hidden_layers 1",
                "sentence_bert_config.json|{\"processing_kwargs\":{\"common\":{\"max_length\":9}}}|processing_kwargs.common has max_length 9",
                "sentence_bert_config.json|{\"transformer_task\":\"fill-mask\"}|transformer_task is \"fill-mask\"; only feature-extraction is supported",
                "sentence_bert_config.json|{\"module_output_name\":\"scores\"}|module_output_name is \"scores\"; only token_embeddings is supported",
                "sentence_bert_config.json|{\"modality_config\":{\"message\":{\"method\":\"forward\"}}}|modality_config has no text, so that texts would become messages of [message]",
                "sentence_bert_config.json|{\"modality_config\":{\"text\":{\"method\":\"get_text_features\"}}}|modality_config.text.method is \"get_text_features\"",
                "sentence_bert_config.json|{\"modality_config\":{\"text\":{\"method\":\"forward\",\"method_output_name\":\"pooler_output\"}}}|method_output_name is \"pooler_output\"",
                "config_sentence_transformers.json|{\"model_type\":\"ZebraEncoder\"}|model_type is \"ZebraEncoder\"; modules.json is followed for SentenceTransformer alone",
                "config_sentence_transformers.json|{\"truncate_dim\":0}|truncate_dim is 0 and must be a number from 1 on",
                "config_sentence_transformers.json|{\"truncate_dim\":-3}|truncate_dim is -3 and must be a number from 1 on",
                "adapter_config.json|{\"peft_type\":\"LORA\"}|adapter_config.json is there"
            })
    void read_whatIsNotSupportedOrNotSaid_isRefusedByName(String file, String content, String message)
            throws IOException {
        write(file, content);
        assertThatThrownBy(() -> HuggingFaceFolder.read(folder, FolderWishes.NONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    @Test
    void read_argumentsOfLoading_thatChangeNoVector_areLetPass() throws Exception {
        write(
                "sentence_bert_config.json",
                "{\"model_args\":{\"attn_implementation\":\"sdpa\",\"torch_dtype\":\"float32\"},\"tokenizer_args\":{\"padding_side\":\"left\"},"
                        + "\"processing_kwargs\":{\"text\":{\"padding\":true}},\"config_args\":{}}");
        assertThat(HuggingFaceFolder.read(folder, FolderWishes.NONE).maxTokens())
                .isPositive();
    }

    @Test
    void read_promptLeftOutOrNot_nullIsOut() throws Exception {
        write("1_Pooling/config.json", "{\"pooling_mode\":\"mean\",\"include_prompt\":null}");
        assertThat(HuggingFaceFolder.read(folder, FolderWishes.NONE).pooling().includePrompt())
                .isFalse();
    }

    @Test
    void read_severalGraphsAndNoPlainOne_asksForThePrecision() throws IOException {
        Files.delete(folder.resolve("model.safetensors"));
        write("onnx/model_fp16.onnx", "");
        write("onnx/model_quantized.onnx", "");
        assertThatThrownBy(() -> HuggingFaceFolder.read(folder, FolderWishes.NONE))
                .hasMessageContaining("set precision:")
                .hasMessageContaining("model_quantized.onnx");
    }

    @Test
    void read_default_promptAndDimensions_areTheFolders() throws Exception {
        write(
                "config_sentence_transformers.json",
                "{\"prompts\":{\"query\":\"q: \"},\"default_prompt_name\":\"query\",\"truncate_dim\":20}");
        HuggingFaceFolder read = HuggingFaceFolder.read(folder, FolderWishes.NONE);
        assertThat(read.defaultPrompt()).isEqualTo("query");
        assertThat(read.recipe().dimensions()).isEqualTo(20);
        assertThat(read.prompts()).containsOnlyKeys("query").containsValue("q: ");
        assertThat(List.copyOf(read.recipe().tasks())).isEmpty();
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
