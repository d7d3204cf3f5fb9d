package phifleet.inference.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.engine.LoadedModel;
import phifleet.inference.hub.remote.DownloadProgress;
import phifleet.inference.hub.remote.Hub;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.hub.remote.HubName;
import phifleet.inference.hub.remote.HubSettings;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.HubServer;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.testing.Workbench;
import phifleet.inference.text.Embeddings;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.TextEncoding;
import phifleet.inference.text.module.ModuleChain;

/** Every folder of ../shared/models/encoders as its golden.json expects. */
class EncoderFoldersTest {
    private static final EncodeOptions.Direction USUAL = EncodeOptions.Direction.USUAL;

    @TestFactory
    Stream<DynamicTest> folder_ofAnyFamily_isServedAsExpectedOrRefused() throws IOException {
        return folders(folder -> !isTorchScript(folder));
    }

    @TestFactory
    @Tag("pytorch")
    Stream<DynamicTest> folderInTorchScript_isServedAsExpected() throws IOException {
        return folders(EncoderFoldersTest::isTorchScript);
    }

    /** The same from the cache of the Hub's tools, where files are links to others without a name. */
    @TestFactory
    Stream<DynamicTest> folder_byItsNameOnAHub_isServedAsExpectedOrRefused(@TempDir Path cache) throws IOException {
        return folders(folder -> !isTorchScript(folder))
                .map(test -> DynamicTest.dynamicTest(test.getDisplayName(), () -> {
                    GoldenFolder golden =
                            GoldenFolder.read(SharedFiles.file("models/encoders/" + test.getDisplayName()));
                    try (HubServer server = new HubServer()) {
                        server.add("tiny/" + golden.name(), golden.folder());
                        checkByName(golden, new HubSettings(server.endpoint(), cache, null, false));
                    }
                }));
    }

    private static void checkByName(GoldenFolder golden, HubSettings settings)
            throws ModelException, InterruptedException {
        try {
            HubModels models = new HubModels(new Hub(settings, DownloadProgress.SILENT));
            Path folder = models.folder(new HubName("tiny/" + golden.name(), "main"), FolderWishes.NONE);
            check(new GoldenFolder(folder, golden.expect(), golden.dimension(), golden.leastCosine(), golden.cases()));
        } catch (HubException e) {
            assertThat(golden.expect()).as(e.getMessage()).isNotEqualTo("served");
            assertThat(e.reason()).isEqualTo(HubException.Reason.UNSUITABLE);
        }
    }

    private static boolean isTorchScript(Path folder) {
        return Files.exists(folder.resolve("model.pt"));
    }

    private static Stream<DynamicTest> folders(Predicate<Path> chosen) throws IOException {
        List<GoldenFolder> folders = new ArrayList<>();
        try (Stream<Path> all = Files.list(SharedFiles.file("models/encoders"))) {
            for (Path folder :
                    all.filter(Files::isDirectory).filter(chosen).sorted().toList()) {
                folders.add(GoldenFolder.read(folder));
            }
        }
        return folders.stream().map(golden -> DynamicTest.dynamicTest(golden.name(), () -> check(golden)));
    }

    private static void check(GoldenFolder golden) throws ModelException {
        String refusal = null;
        try {
            serve(golden);
        } catch (ModelException e) {
            refusal = e.getMessage();
        }
        switch (golden.expect()) {
            case "served" -> assertThat(refusal).isNull();
            case "refused" -> assertThat(refusal).isNotNull().contains(golden.name());
            default -> assertThat(golden.expect()).isEqualTo("either");
        }
    }

    private static void serve(GoldenFolder golden) throws ModelException {
        ModelSpec spec =
                HuggingFaceFolder.read(golden.folder(), FolderWishes.NONE).spec(golden.name());
        LoadedModel loaded = Workbench.engines().load(spec);
        try (Model<TokenSequence, Vector> model =
                ModuleChain.behind(loaded.model(), spec.encoding().recipe().modules())) {
            List<TokenSequence> texts = texts(golden, spec, Workbench.engines().tokenizer(spec));
            List<Vector> alone = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                Vector vector = model.run(List.of(texts.get(i))).getFirst();
                assertNear(golden, i, spec, vector);
                alone.add(vector);
            }
            boolean bitEqual =
                    spec.source() instanceof ModelSource.Safetensors || spec.source() instanceof ModelSource.Table;
            for (List<Integer> batch : batches(texts.size())) {
                List<Vector> vectors = model.run(batch.stream().map(texts::get).toList());
                for (int i = 0; i < batch.size(); i++) {
                    assertNear(golden, batch.get(i), spec, vectors.get(i));
                    if (bitEqual) {
                        assertThat(vectors.get(i)).isEqualTo(alone.get(batch.get(i)));
                    }
                }
            }
        }
    }

    private static List<TokenSequence> texts(GoldenFolder golden, ModelSpec spec, Tokenizer tokenizer) {
        TextEncoding encoding =
                new TextEncoding(tokenizer, spec.encoding().pooling().includePrompt());
        return golden.cases().stream()
                .map(text -> {
                    @Nullable
                    String name = text.promptName() == null ? spec.encoding().defaultPrompt() : text.promptName();
                    int task = Math.max(
                            0,
                            name == null ? 0 : spec.encoding().recipe().tasks().indexOf(name));
                    String prompt =
                            name == null ? "" : spec.encoding().prompts().getOrDefault(name, "");
                    TokenSequence whole = encoding.encode(prompt, true, text.text(), task);
                    return encoding.cut(whole, spec.encoding().input().maxTokens(), USUAL);
                })
                .toList();
    }

    private static void assertNear(GoldenFolder golden, int index, ModelSpec spec, Vector actual) {
        GoldenFolder.Case text = golden.cases().get(index);
        int most = spec.encoding().recipe().dimensions() > 0
                ? spec.encoding().recipe().dimensions()
                : actual.dimension();
        Vector whole = spec.encoding().normalize() ? Embeddings.finish(actual, actual.dimension(), true) : actual;
        Vector cut = Embeddings.finish(whole, text.dimensions() > 0 ? text.dimensions() : most, false);
        assertThat(cut.dimension()).isEqualTo(text.expected().dimension());
        boolean zero = text.expected().equals(new Vector(new float[cut.dimension()]));
        assertThat(zero && cut.equals(text.expected()) ? 1 : Embeddings.cosine(cut, text.expected()))
                .as(
                        "\"%s\" with prompt %s of %d tokens at most",
                        text.text(), text.promptName(), spec.encoding().input().maxTokens())
                .isGreaterThanOrEqualTo(golden.leastCosine());
    }

    /** All together, and some at random. */
    private static List<List<Integer>> batches(int count) {
        Random random = new Random(3);
        List<List<Integer>> batches = new ArrayList<>();
        for (int size : new int[] {count, count, 2, 3, 7}) {
            List<Integer> order = new ArrayList<>(
                    java.util.stream.IntStream.range(0, count).boxed().toList());
            Collections.shuffle(order, random);
            batches.add(order.subList(0, Math.min(size, count)));
        }
        return batches;
    }
}
