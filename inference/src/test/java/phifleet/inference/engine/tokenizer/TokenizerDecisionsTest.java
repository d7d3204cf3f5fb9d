package phifleet.inference.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.model.Activation;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Recipe;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenInput;

class TokenizerDecisionsTest {
    private static final TokenInput INPUT = new TokenInput(8, 0, true);

    @TempDir
    private Path folder;

    @Test
    void decisions_ofAFolderThatSaysNothing_areTheFiles() throws Exception {
        tokenizer("null", "null");
        assertThat(decisions(encoding(false))).containsExactly("nothing around a text (tokenizer.json)");
    }

    @Test
    void decisions_ofAFolderThatSaysAll_nameItsFiles() throws Exception {
        tokenizer("{\"type\": \"BertNormalizer\", \"lowercase\": false}", "null");
        Files.writeString(folder.resolve("config.json"), "{\"transformers_version\": \"5.24.0\"}");
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"tokenizer_class\": \"BertTokenizer\", \"truncation_side\": \"left\", \"padding_side\": \"right\","
                        + " \"additional_special_tokens\": [\"<x>\"]}");
        List<String> decided = List.of(
                "tokenizer as BertTokenizer of transformers 5.24.0 has it (tokenizer_config.json)",
                "[CLS] … [SEP] around a text (BertTokenizer)",
                "tokens [<x>] besides, or otherwise (tokenizer_config.json and special_tokens_map.json)",
                "lower case (tokenizer_config.json)",
                "texts prepared and cut as the class does it and not the file (BertTokenizer)",
                "cut at the left (tokenizer_config.json)",
                "padding side right, which changes no answer (tokenizer_config.json)");
        assertThat(decisions(encoding(false))).isEqualTo(decided);
        assertThat(decisions(encoding(true)))
                .contains("lower case before all else (sentence-transformers' do_lower_case)");
        assertThat(decisions(new Task.CrossEncoding(INPUT, Pooling.CLS, Activation.SIGMOID, null, Recipe.PLAIN)))
                .containsAll(decided)
                .endsWith("pairs with token types as the tokenizer has them (BertTokenizer)");
    }

    @Test
    void decisions_ofPairs_nameTheInputsOfTheNetwork() throws Exception {
        tokenizer(
                "null",
                "{\"type\": \"RobertaProcessing\", \"sep\": [\"</s>\", 2], \"cls\": [\"<s>\", 0], \"trim_offsets\": true, "
                        + "\"add_prefix_space\": false}");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"model_input_names\": [\"input_ids\"]}");
        assertThat(decisions(new Task.CrossEncoding(INPUT, Pooling.CLS, Activation.SIGMOID, null, Recipe.PLAIN)))
                .containsExactly(
                        "<s> … </s> around a text (tokenizer.json)",
                        "pairs without token types (tokenizer_config.json: model_input_names)");
    }

    private void tokenizer(String normalizer, String ends) throws IOException {
        Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"added_tokens\": [], \"normalizer\": " + normalizer
                        + ", \"pre_tokenizer\": null, \"post_processor\": " + ends + ", \"model\": {}}");
    }

    private static Task.SentenceEncoding encoding(boolean lowerCase) {
        Recipe recipe = new Recipe(null, List.of(), 0, List.of(), lowerCase, true, List.of());
        return new Task.SentenceEncoding(INPUT, Pooling.MEAN, false, Map.of(), null, recipe);
    }

    private List<String> decisions(Task task) throws ModelException {
        return TokenizerDecisions.of(new ModelSpec(
                "small",
                List.of(),
                new ModelSource.Files(folder.resolve("model.onnx"), folder.resolve("tokenizer.json")),
                EngineKind.ONNXRUNTIME,
                DeviceChoice.CPU,
                Precision.FP32,
                null,
                ModelSpec.Scheduling.DEFAULT,
                task));
    }
}
