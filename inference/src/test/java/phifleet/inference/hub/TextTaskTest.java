package phifleet.inference.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.model.Activation;
import phifleet.inference.model.ModelException;

class TextTaskTest {
    private static final String CLASSIFIER = "\"architectures\": [\"BertForSequenceClassification\"]";
    private static final String ONE = ", \"id2label\": {\"0\": \"LABEL_0\"}";

    @TempDir
    private Path folder;

    private void write(String name, String json) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, json);
    }

    private TextTask task(String config) throws Exception {
        write("config.json", "{" + config + "}");
        return TextTask.of(folder);
    }

    private JsonFile config(String json) throws Exception {
        write("config.json", "{" + json + "}");
        return JsonFile.read(folder.resolve("config.json"));
    }

    private JsonFile none() throws Exception {
        return JsonFile.read(folder.resolve("nothing.json"));
    }

    @Test
    void of_architectureAndLabels_tellTheTask() throws Exception {
        assertThat(task("\"architectures\": [\"BertModel\"]")).isEqualTo(TextTask.SENTENCE_ENCODING);
        assertThat(task("\"model_type\": \"bert\"")).isEqualTo(TextTask.SENTENCE_ENCODING);
        assertThat(task(CLASSIFIER + ONE)).isEqualTo(TextTask.CROSS_ENCODING);
        assertThat(task(CLASSIFIER)).isEqualTo(TextTask.TEXT_CLASSIFICATION);
        assertThat(task(CLASSIFIER + ONE + ", \"problem_type\": \"regression\""))
                .isEqualTo(TextTask.TEXT_CLASSIFICATION);
        assertThat(task(CLASSIFIER + ONE + ", \"problem_type\": \"regression\", \"sentence_transformers\":"
                        + " {\"activation_fn\": \"torch.nn.modules.linear.Identity\"}"))
                .isEqualTo(TextTask.CROSS_ENCODING);
    }

    @Test
    void of_routesOfOneVectorATextEach_areRefusedByTheirModules() throws Exception {
        write("modules.json", "[{\"type\": \"x.Router\", \"path\": \"\"}]");
        write(
                "router_config.json",
                "{\"types\": {\"query_0_Transformer\": \"x.Transformer\", \"query_1_Pooling\": \"x.Pooling\"}}");
        assertThatThrownBy(() -> task("\"model_type\": \"bert\""))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the routes have the modules [Transformer, Pooling]")
                .hasMessageContaining("set path: to its folder");
        write(
                "router_config.json",
                "{\"types\": {\"query_0\": \"x.SparseStaticEmbedding\", \"d\": \"x.MLMTransformer\"}}");
        assertThat(task("\"model_type\": \"bert\"")).isEqualTo(TextTask.SPARSE_ENCODING);
    }

    @Test
    void of_modulesOfSentenceTransformers_comeFirst() throws Exception {
        write(
                "modules.json",
                "[{\"type\": \"x.Transformer\", \"path\": \"\"}, {\"type\": \"x.Pooling\", \"path\": \"p\"}]");
        assertThat(task(CLASSIFIER + ONE)).isEqualTo(TextTask.SENTENCE_ENCODING);
        write("modules.json", "[{\"type\": \"x.MLMTransformer\"}, {\"type\": \"x.SpladePooling\"}]");
        assertThat(task("")).isEqualTo(TextTask.SPARSE_ENCODING);
        write("modules.json", "[{\"type\": \"x.Router\"}]");
        assertThat(task("")).isEqualTo(TextTask.SPARSE_ENCODING);
        write("modules.json", "[{\"type\": \"x.Transformer\"}, {\"type\": \"x.LogitScore\"}]");
        assertThat(task("")).isEqualTo(TextTask.CROSS_ENCODING);
    }

    @Test
    void labels_gapsAndWrongIds_areFilledOrRefused() throws Exception {
        assertThat(HeadLabels.read(config(""))).containsExactly("LABEL_0", "LABEL_1");
        assertThat(HeadLabels.read(config("\"num_labels\": 3"))).containsExactly("LABEL_0", "LABEL_1", "LABEL_2");
        assertThat(HeadLabels.read(config("\"id2label\": {\"1\": \"b\", \"0\": \"a\"}")))
                .containsExactly("a", "b");
        for (String wrong : List.of("\"id2label\": {\"2\": \"b\", \"0\": \"a\"}", "\"id2label\": {\"x\": \"b\"}")) {
            JsonFile file = config(wrong);
            assertThatThrownBy(() -> HeadLabels.read(file))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("id2label has the id");
        }
        JsonFile many = config("\"num_labels\": 2000000000");
        assertThatThrownBy(() -> HeadLabels.read(many)).isInstanceOf(ModelException.class);
    }

    @Test
    void activation_eachHome_isRead() throws Exception {
        String identity = "\"torch.nn.modules.linear.Identity\"";
        assertThat(HeadActivation.ofCrossEncoder(
                        none(), config("\"sentence_transformers\": {\"activation_fn\": " + identity + "}")))
                .isEqualTo(Activation.IDENTITY);
        assertThat(HeadActivation.ofCrossEncoder(
                        none(), config("\"sbert_ce_default_activation_function\": " + identity)))
                .isEqualTo(Activation.IDENTITY);
        write("config_sentence_transformers.json", "{\"activation_fn\": \"torch.nn.modules.activation.Sigmoid\"}");
        assertThat(HeadActivation.ofCrossEncoder(
                        JsonFile.read(folder.resolve("config_sentence_transformers.json")), config("")))
                .isEqualTo(Activation.SIGMOID);
        assertThat(HeadActivation.ofCrossEncoder(none(), config(""))).isNull();
        JsonFile unknown = config("\"sbert_ce_default_activation_function\": \"torch.nn.Softplus\"");
        assertThatThrownBy(() -> HeadActivation.ofCrossEncoder(none(), unknown))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("torch.nn.Softplus");
    }

    @Test
    void activation_problemTypes_areTransformers() throws Exception {
        assertThat(HeadActivation.ofClassifier(config(""), 2)).isEqualTo(Activation.SOFTMAX);
        assertThat(HeadActivation.ofClassifier(config(""), 1)).isEqualTo(Activation.SIGMOID);
        assertThat(HeadActivation.ofClassifier(config("\"problem_type\": \"multi_label_classification\""), 6))
                .isEqualTo(Activation.SIGMOID);
        assertThat(HeadActivation.ofClassifier(config("\"problem_type\": \"regression\""), 1))
                .isEqualTo(Activation.IDENTITY);
    }
}
