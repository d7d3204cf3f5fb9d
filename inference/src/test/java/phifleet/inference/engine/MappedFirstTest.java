package phifleet.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.inference.hub.FolderWishes;
import phifleet.inference.hub.TextModelFolder;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Residency;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.LinearStack;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.testing.Workbench;

/** A model answers alike in each form that its weights may have in memory. */
class MappedFirstTest {
    @TempDir
    private Path folder;

    private static final List<TokenSequence> BATCH = List.of(text(3), text(17), text(60));

    private static TokenSequence text(int tokens) {
        return new TokenSequence(IntStream.range(1000, 1000 + tokens).toArray());
    }

    private static double cosine(Vector one, Vector other) {
        double product = 0;
        double oneSquared = 0;
        double otherSquared = 0;
        for (int i = 0; i < one.dimension(); i++) {
            product += (double) one.get(i) * other.get(i);
            oneSquared += (double) one.get(i) * one.get(i);
            otherSquared += (double) other.get(i) * other.get(i);
        }
        return product / Math.sqrt(oneSquared * otherSquared);
    }

    @ParameterizedTest
    @EnumSource
    void run_inEachForm_beforeAndAfterItSettles_givesTheSameVectors(Residency residency) throws Exception {
        try (Model<TokenSequence, Vector> prepared = Workbench.engines()
                        .load(EmbeddedModel.ALL_MINILM_L6_V2.spec())
                        .model();
                Model<TokenSequence, Vector> model = Workbench.engines()
                        .load(EmbeddedModel.ALL_MINILM_L6_V2.spec().with(residency))
                        .model()) {
            List<Vector> wanted = prepared.run(BATCH);
            List<Vector> first = model.run(BATCH);
            model.settle();
            List<Vector> settled = model.run(BATCH);
            for (int i = 0; i < BATCH.size(); i++) {
                assertThat(cosine(first.get(i), wanted.get(i))).isGreaterThan(0.999999);
            }
            if (residency != Residency.MAPPED) {
                assertThat(settled).as("bit for bit").isEqualTo(wanted);
            }
            System.out.println(
                    residency + ": before it settles " + (first.equals(wanted) ? "the same bits" : "others"));
        }
    }

    /** Of each way in which a graph of texts is opened: prepared, as it was exported, and rewritten for that. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "heads/ms-marco-minilm",
                "heads/emotion-distilbert",
                "heads/ner-bert-cased",
                "heads/splade-v3",
                "heads/qwen3-reranker",
                "encoders/minilm-int32",
                "encoders/pooling-mean-max",
                "encoders/bert-safetensors"
            })
    void run_ofAFolder_beforeAndAfterItSettles_givesTheSameVectors(String name) throws Exception {
        ModelSpec spec =
                TextModelFolder.read(SharedFiles.file("models/" + name), FolderWishes.NONE, null, null, "folder");
        List<TokenSequence> texts = List.of(tiny(3), tiny(9), tiny(5));
        try (Model<TokenSequence, Vector> prepared =
                        Workbench.engines().load(spec).model();
                Model<TokenSequence, Vector> model = Workbench.engines()
                        .load(spec.with(Residency.MAPPED_FIRST))
                        .model()) {
            List<Vector> wanted = prepared.run(texts);
            List<Vector> first = model.run(texts);
            model.settle();
            for (int i = 0; i < texts.size(); i++) {
                assertThat(cosine(first.get(i), wanted.get(i))).isGreaterThan(0.999999);
            }
            assertThat(model.run(texts)).as("bit for bit").isEqualTo(wanted);
        }
    }

    /** The folders' vocabularies are small. */
    private static TokenSequence tiny(int tokens) {
        return new TokenSequence(IntStream.range(3, 3 + tokens).toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void run_ofTensors_beforeAndAfterItSettles_givesTheSame(int rows) throws Exception {
        Path graph = new LinearStack(96, 3, rows).write(folder);
        TensorSet inputs = rows(4, 96);
        try (Model<TensorSet, TensorSet> prepared = tensors(graph, Residency.PREPARED);
                Model<TensorSet, TensorSet> model = tensors(graph, Residency.MAPPED_FIRST)) {
            float[] wanted = output(prepared, inputs);
            assertThat(output(model, inputs)).containsExactly(wanted, within(1e-5f));
            model.settle();
            assertThat(output(model, inputs)).as("bit for bit").isEqualTo(wanted);
        }
    }

    @Test
    void settle_whereTheFileIsAnotherByNow_goesOnAsItIs() throws Exception {
        Path graph = new LinearStack(16, 1, 0).write(folder);
        TensorSet inputs = rows(2, 16);
        try (Model<TensorSet, TensorSet> model = tensors(graph, Residency.MAPPED_FIRST)) {
            float[] before = output(model, inputs);
            Path other = new LinearStack(16, 3, 0).write(folder.resolve("other"));
            Files.move(other, graph, StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(model::settle)
                    .isInstanceOf(ModelException.class)
                    .hasMessage(graph + " has changed since it was opened first");
            assertThat(output(model, inputs)).isEqualTo(before);
        }
    }

    @Test
    void settle_ofAGraphAsItWasExported_opensItAnew() throws Exception {
        Path shared = SharedFiles.file("models/heads/ner-bert-cased");
        try (Stream<Path> files = Files.walk(shared)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(shared.relativize(file).toString());
                Files.createDirectories(copy.resolveSibling(""));
                Files.copy(file, copy);
            }
        }
        ModelSpec spec = TextModelFolder.read(folder, FolderWishes.NONE, null, null, "copy");
        try (Model<TokenSequence, Vector> model =
                Workbench.engines().load(spec.with(Residency.MAPPED_FIRST)).model()) {
            List<Vector> before = model.run(List.of(tiny(4)));
            Files.delete(folder.resolve("onnx/model.onnx"));
            assertThatThrownBy(model::settle)
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("has changed since");
            assertThat(model.run(List.of(tiny(4)))).isEqualTo(before);
        }
    }

    private static Model<TensorSet, TensorSet> tensors(Path graph, Residency residency) throws ModelException {
        ModelSpec spec = Specs.tensors(new ModelSource.Graph(graph), EngineKind.ONNXRUNTIME);
        return Workbench.engines().loadTensors(spec.with(residency), List.of()).model();
    }

    private static TensorSet rows(int rows, int width) {
        float[] values = new float[rows * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        return new TensorSet(Map.of("x", Tensor.of(List.of((long) rows, (long) width), values)));
    }

    private static float[] output(Model<TensorSet, TensorSet> model, TensorSet inputs) throws ModelException {
        Tensor y = Objects.requireNonNull(
                model.run(List.of(inputs)).getFirst().tensors().get("y"));
        float[] values = new float[Math.toIntExact(y.size())];
        y.floats().get(values);
        return values;
    }
}
