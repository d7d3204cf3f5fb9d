package phifleet.inference.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.model.Activation;
import phifleet.inference.model.ModelException;

/** What sentence-transformers 5.7.0 and transformers 4.57.6 make of the same files. */
class HeadActivationTest {
    private static final String NEWER = "{'sentence_transformers': {'activation_fn': '%s'}}";
    private static final String OLDER = "{'sbert_ce_default_activation_function': '%s'}";
    private static final String BOTH =
            "{'sentence_transformers': {'activation_fn': '%s'}, 'sbert_ce_default_activation_function': '%s'}";

    @TempDir
    private Path folder;

    private JsonFile file(String name, String json) throws Exception {
        Files.writeString(folder.resolve(name), json.replace('\'', '"'));
        return JsonFile.read(folder.resolve(name));
    }

    private @Nullable Activation ofCrossEncoder(String own, String config) throws Exception {
        return HeadActivation.ofCrossEncoder(
                file("config_sentence_transformers.json", own), file("config.json", config));
    }

    @ParameterizedTest
    @CsvSource({
        "torch.nn.modules.linear.Identity, IDENTITY",
        "torch.nn.modules.activation.Sigmoid, SIGMOID",
        "torch.nn.modules.activation.Softmax, SOFTMAX",
        "torch.nn.modules.activation.Tanh, TANH",
        "torch.nn.modules.activation.ReLU, RELU",
        "my.module.Identity, ",
        "Identity, "
    })
    void ofCrossEncoder_inEachOfItsHomes_isFound(String name, @Nullable Activation expected) throws Exception {
        assertThat(ofCrossEncoder("{'activation_fn': '%s'}".formatted(name), "{}"))
                .isEqualTo(expected);
        assertThat(ofCrossEncoder("{}", NEWER.formatted(name))).isEqualTo(expected);
        assertThat(ofCrossEncoder("{}", OLDER.formatted(name))).isEqualTo(expected);
    }

    @Test
    void ofCrossEncoder_twoHomes_theNewerCounts() throws Exception {
        String identity = "torch.nn.modules.linear.Identity";
        String sigmoid = "torch.nn.modules.activation.Sigmoid";
        assertThat(ofCrossEncoder("{}", BOTH.formatted(sigmoid, identity))).isEqualTo(Activation.SIGMOID);
        assertThat(ofCrossEncoder("{}", BOTH.formatted("my.module.Identity", identity)))
                .isNull();
        assertThat(ofCrossEncoder("{'activation_fn': '" + identity + "'}", NEWER.formatted(sigmoid)))
                .isEqualTo(Activation.IDENTITY);
        assertThat(ofCrossEncoder("{'activation_fn': 'my.module.Identity'}", OLDER.formatted(identity)))
                .isEqualTo(Activation.IDENTITY);
    }

    @Test
    void ofCrossEncoder_nothingSaid_isNone() throws Exception {
        assertThat(ofCrossEncoder("{}", "{}")).isNull();
        assertThat(ofCrossEncoder(
                        "{'activation_fn': null}",
                        "{'sentence_transformers': {}, 'sbert_ce_default_activation_function': null}"))
                .isNull();
    }

    @Test
    void ofCrossEncoder_anotherOfPytorchs_isRefusedByName() {
        assertThatThrownBy(() -> ofCrossEncoder("{}", OLDER.formatted("torch.nn.modules.activation.Softplus")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the activation function is torch.nn.modules.activation.Softplus");
    }

    @ParameterizedTest
    @CsvSource({
        "regression, 1, IDENTITY",
        "regression, 3, IDENTITY",
        "multi_label_classification, 3, SIGMOID",
        "single_label_classification, 3, SOFTMAX",
        "single_label_classification, 1, SIGMOID",
        "'', 2, SOFTMAX",
        "'', 1, SIGMOID"
    })
    void ofClassifier_isThePipelines(String type, int labels, Activation expected) throws Exception {
        assertThat(HeadActivation.ofClassifier(file("config.json", "{'problem_type': '" + type + "'}"), labels))
                .isEqualTo(expected);
    }
}
