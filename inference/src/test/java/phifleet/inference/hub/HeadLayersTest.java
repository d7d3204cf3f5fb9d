package phifleet.inference.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.RankingPrompt;
import phifleet.inference.model.Vector;
import phifleet.inference.model.VectorModule;
import phifleet.inference.testing.SafetensorsFile;

/** The layers behind encoders, by hand: widths 2, 2 and 1. */
class HeadLayersTest {
    private static final float[] SWAPPED = {0, 1, 1, 0};

    @TempDir
    private Path folder;

    private SafetensorsFile weights;

    @BeforeEach
    void start() {
        weights = new SafetensorsFile();
    }

    private HeadLayers read(String config) throws IOException, ModelException {
        return read(config, null);
    }

    private HeadLayers read(String config, @Nullable RankingPrompt prompt) throws IOException, ModelException {
        Path file = folder.resolve("config.json");
        Files.writeString(file, config);
        return HeadLayers.read(JsonFile.read(file), weights.write(folder.resolve("model.safetensors")), prompt);
    }

    private static Vector through(HeadLayers layers, float... values) throws ModelException {
        Vector vector = new Vector(values);
        for (VectorModule module : layers.modules()) {
            vector = module.apply(vector);
        }
        return vector;
    }

    private static String of(String architecture) {
        return "{\"architectures\": [\"" + architecture + "\"]}";
    }

    @ParameterizedTest
    @CsvSource({
        "BertForSequenceClassification, bert.pooler.dense, classifier",
        "AlbertForSequenceClassification, albert.pooler, classifier",
        "RobertaForSequenceClassification, classifier.dense, classifier.out_proj",
        "MPNetForSequenceClassification, classifier.dense, classifier.out_proj",
        "SqueezeBertForSequenceClassification, transformer.pooler.dense, classifier",
        "RemBertForSequenceClassification, rembert.pooler.dense, classifier",
        "MobileBertForSequenceClassification, mobilebert.pooler.dense, classifier",
        "NewForSequenceClassification, new.pooler.dense, classifier"
    })
    void read_bertsKin_isATangentAndALayerOverTheFirstToken(String architecture, String first, String second)
            throws Exception {
        weights.add(first + ".weight", SWAPPED, 2, 2).add(first + ".bias", new float[] {0, 1}, 2);
        weights.add(second + ".weight", new float[] {2, 3}, 1, 2).add(second + ".bias", new float[] {5}, 1);
        HeadLayers layers = read(of(architecture));
        assertThat(layers.pooling()).isEqualTo(Pooling.CLS);
        assertThat(through(layers, 0.5f, -0.25f).get(0))
                .isCloseTo((float) (2 * Math.tanh(-0.25) + 3 * Math.tanh(1.5) + 5), within(1e-6f));
    }

    @Test
    void read_otherBends_areTheClassesOwn() throws Exception {
        weights.add("pre_classifier.weight", SWAPPED, 2, 2).add("classifier.weight", new float[] {2, 3}, 1, 2);
        HeadLayers layers = read(of("DistilBertForSequenceClassification"));
        assertThat(through(layers, -1, 4).get(0)).isEqualTo(8);
        weights = new SafetensorsFile()
                .add("pooler.dense.weight", SWAPPED, 2, 2)
                .add("classifier.weight", new float[] {1, 1}, 1, 2);
        assertThat(through(read(of("DebertaV2ForSequenceClassification")), 1, 0).get(0))
                .isCloseTo(0.841345f, within(1e-5f));
        assertThatThrownBy(() -> read("{\"architectures\":[\"DebertaV2ForSequenceClassification\"],"
                        + "\"pooler_hidden_act\":\"swish2\"}"))
                .hasMessageContaining("pooler_hidden_act is swish2; gelu, gelu_new, silu, relu, tanh and sigmoid");
    }

    @Test
    void read_classesWithABendOfTheirSettings_takeIt() throws Exception {
        weights.add("classifier.dense.weight", SWAPPED, 2, 2)
                .add("classifier.out_proj.weight", new float[] {1, 1}, 1, 2);
        String config = "{\"architectures\":[\"ConvBertForSequenceClassification\"],\"hidden_act\":\"relu\"}";
        assertThat(through(read(config), -7, 3).get(0)).isEqualTo(3);
        weights = new SafetensorsFile().add("classifier.weight", new float[] {2, 3}, 1, 2);
        String plain = "{\"architectures\":[\"MobileBertForSequenceClassification\"],\"classifier_activation\":%s}";
        assertThat(through(read(plain.formatted("false")), -1, 4).get(0)).isEqualTo(10);
        assertThatThrownBy(() -> read(plain.formatted("true"))).hasMessageContaining("no tensor pooler.dense.weight");
    }

    @Test
    void read_longformerThatClassifiesTexts_isRefusedForItsFirstToken() {
        weights.add("classifier.dense.weight", SWAPPED, 2, 2);
        assertThatThrownBy(() -> read(of("LongformerForSequenceClassification")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the first token of a text sees all others");
    }

    @Test
    void read_bart_isATangentAndALayerOverTheLastToken() throws Exception {
        weights.add("classification_head.dense.weight", SWAPPED, 2, 2)
                .add("classification_head.out_proj.weight", new float[] {2, 3}, 1, 2);
        HeadLayers layers = read(of("BartForSequenceClassification"));
        assertThat(layers.pooling()).isEqualTo(Pooling.LAST);
        assertThat(through(layers, 0.5f, -0.25f).get(0))
                .isCloseTo((float) (2 * Math.tanh(-0.25) + 3 * Math.tanh(0.5)), within(1e-6f));
    }

    @Test
    void read_modernBert_poolsAsItsFileSays() throws Exception {
        weights.add("head.dense.weight", SWAPPED, 2, 2)
                .add("head.norm.weight", new float[] {1, 1}, 2)
                .add("classifier.weight", new float[] {1, 0}, 1, 2)
                .add("classifier.bias", new float[] {0.5f}, 1);
        String config = "{\"architectures\":[\"ModernBertForSequenceClassification\"],\"classifier_pooling\":\"%s\"}";
        assertThat(read(config.formatted("mean")).pooling()).isEqualTo(Pooling.MEAN);
        assertThat(read(of("ModernBertForSequenceClassification")).pooling()).isEqualTo(Pooling.CLS);
        assertThat(through(read(config.formatted("cls")), 3, -2).get(0)).isCloseTo(-0.5f, within(1e-3f));
        assertThatThrownBy(() -> read(config.formatted("max"))).hasMessageContaining("classifier_pooling is max");
    }

    @Test
    void read_euroBertThatPoolsLate_isRefused() {
        weights.add("dense.weight", SWAPPED, 2, 2).add("classifier.weight", new float[] {1, 1}, 1, 2);
        for (String late : List.of("", ", \"classifier_pooling\": \"late\"")) {
            assertThatThrownBy(() -> read("{\"architectures\": [\"EuroBertForSequenceClassification\"]" + late + "}"))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("classifier_pooling is late; bos and mean are supported");
        }
    }

    /** What that code does with what the network gives is not known. */
    @Test
    void read_qwenOfCodeOfItsOwn_isRefused() {
        weights.add("score.weight", new float[] {1, 2}, 1, 2);
        String config =
                "{\"architectures\": [\"Qwen2ForSequenceClassification\"], \"auto_map\": {\"AutoModel\": \"a.B\"}}";
        assertThatThrownBy(() -> read(config))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("made by code of the folder's own");
    }

    @ParameterizedTest
    @CsvSource({
        "XLMRoberta, classifier",
        "MobileBert, classifier",
        "SqueezeBert, classifier",
        "RemBert, classifier",
        "ConvBert, classifier",
        "Longformer, classifier",
        "GPT2, classifier",
        "GPTNeo, classifier",
        "GPTNeoX, classifier",
        "T5, classifier",
        "Qwen3, score",
        "SmolLM3, score",
        "StableLm, score",
        "Starcoder2, score",
        "Phi, score",
        "Phi3, score",
        "Esm, classifier"
    })
    void read_tokenClassifier_isOneLayerForEach(String encoder, String layer) throws Exception {
        weights.add(layer + ".weight", SWAPPED, 2, 2).add(layer + ".bias", new float[] {1, 2}, 2);
        HeadLayers layers = read(of(encoder + "ForTokenClassification"));
        assertThat(layers.pooling()).isEqualTo(Pooling.NONE);
        assertThat(through(layers, 3, 4).values()).containsExactly(5, 5);
    }

    @Test
    void read_decoderThatAnswersYesOrNo_hasTheseTwoRows() throws Exception {
        float[] rows = {0, 0, 1, 2, 0, 0, 3, 5};
        RankingPrompt prompt = new RankingPrompt("", "", "", "", 3, 1);
        weights.add("model.embed_tokens.weight", rows, 4, 2);
        HeadLayers layers = read(of("Qwen3ForCausalLM"), prompt);
        assertThat(layers.pooling()).isEqualTo(Pooling.LAST);
        assertThat(through(layers, 1, 10).values()).containsExactly(53, 21);
        weights.add("lm_head.weight", new float[] {0, 0, 0, 1, 0, 0, 1, 0}, 4, 2);
        assertThat(through(read(of("Qwen3ForCausalLM"), prompt), 1, 10).values())
                .containsExactly(1, 10);
        assertThatThrownBy(() -> read(of("Qwen3ForCausalLM"), new RankingPrompt("", "", "", "", 4, 1)))
                .hasMessageContaining("no matrix lm_head.weight with a row 4");
    }

    @Test
    void read_decoderThatDividesOrBendsItsNumbers_isFollowed() throws Exception {
        float[] rows = {0, 0, 1, 2, 0, 0, 3, 5};
        RankingPrompt prompt = new RankingPrompt("", "", "", "", 3, 1);
        weights.add("model.embed_tokens.weight", rows, 4, 2);
        String granite = "{\"architectures\": [\"GraniteForCausalLM\"], \"logits_scaling\": 8}";
        assertThat(through(read(granite, prompt), 1, 10).values()).containsExactly(53 / 8f, 21 / 8f);
        String bounded = "{\"architectures\": [\"Gemma2ForCausalLM\"], \"final_logit_softcapping\": %s}";
        for (String gemma : List.of(of("Gemma2ForCausalLM"), bounded.formatted("30.0"))) {
            assertThat(through(read(gemma, prompt), 1, 10).values())
                    .containsExactly(
                            new float[] {(float) (30 * Math.tanh(53 / 30.0)), (float) (30 * Math.tanh(0.7))},
                            within(1e-4f));
        }
        assertThat(through(read(bounded.formatted("null"), prompt), 1, 10).values())
                .containsExactly(53, 21);
    }

    @Test
    void read_decoderThatClassifies_passesOverItsPadding() throws Exception {
        weights.add("score.weight", new float[] {1, 2}, 1, 2);
        assertThat(read(of("Qwen2ForSequenceClassification")).pooling()).isEqualTo(Pooling.LAST);
        assertThat(read("{\"architectures\": [\"Qwen2ForSequenceClassification\"], \"pad_token_id\": 7}")
                        .pooling())
                .isEqualTo(Pooling.lastBut(7));
    }

    /** The classes of transformers' settings have a padding where config.json says nothing, and none where it says null. */
    @ParameterizedTest
    @CsvSource({
        "Qwen3, -1",
        "Llama, -1",
        "Mistral, -1",
        "GPT2, -1",
        "GPTNeo, -1",
        "GPTNeoX, -1",
        "Gemma, 0",
        "Gemma2, 0",
        "Gemma3Text, 0",
        "Olmo2, 1",
        "Olmo3, 1",
        "StableLm, -1",
        "Starcoder2, -1",
        "Phi, -1",
        "Phi3, 32000",
        "SmolLM3, 128004"
    })
    void read_decoderThatClassifies_hasItsClassesPadding(String decoder, int padding) throws Exception {
        weights.add("score.weight", new float[] {1, 2}, 1, 2);
        assertThat(read(of(decoder + "ForSequenceClassification")).pooling()).isEqualTo(Pooling.lastBut(padding));
        assertThat(read("{\"architectures\": [\"" + decoder + "ForSequenceClassification\"], \"pad_token_id\": null}")
                        .pooling())
                .isEqualTo(Pooling.lastBut(-1));
    }

    @Test
    void read_whatIsNotKnownOrNotThere_isNamed() throws Exception {
        for (String architecture : new String[] {
            "JinaBertForSequenceClassification", "BertForMultipleChoice", "BertForQuestionAnswering", ""
        }) {
            assertThatThrownBy(() -> read(of(architecture)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining(architecture.isEmpty() ? "no architecture" : architecture)
                    .hasMessageContaining("an exported graph is needed");
        }
        assertThatThrownBy(() -> read(of("BertForSequenceClassification")))
                .hasMessageContaining("no tensor pooler.dense.weight, which BertForSequenceClassification needs");
        weights.add("pooler.dense.weight", SWAPPED, 2, 2).add("pooler.dense.bias", new float[3], 3);
        assertThatThrownBy(() -> read(of("BertForSequenceClassification")))
                .hasMessageContaining("pooler.dense.bias has the shape [3] for 2 outputs");
    }
}
