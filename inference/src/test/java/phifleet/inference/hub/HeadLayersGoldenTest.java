package phifleet.inference.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.FamilyGolden;
import phifleet.inference.testing.Workbench;
import phifleet.inference.text.module.ModuleChain;
import phifleet.inference.text.module.TokenVectors;

/**
 * Classifiers of texts and of tokens, made of weights alone, against transformers 4.57 and 5.24 in 64-bit floats: tiny models of each family
 * whose heads it has, among their texts one that ends with what a decoder takes for padding.
 */
class HeadLayersGoldenTest {
    private static final String RESOURCE = "/phifleet/inference/graph/heads.json";
    private static final FolderWishes LIMITED =
            new FolderWishes(null, null, null, null, null, null, OptionalInt.of(64));

    @TestFactory
    Stream<DynamicTest> head_ofEachFamily_givesTheLogitsOfItsReference(@TempDir Path folders) throws IOException {
        return FamilyGolden.read(RESOURCE).entrySet().stream()
                .map(head -> DynamicTest.dynamicTest(
                        head.getKey(),
                        () -> check(
                                Files.createDirectory(
                                        folders.resolve(head.getKey().replace(' ', '-'))),
                                FamilyGolden.of(head.getKey(), head.getValue()),
                                head.getValue().path("cases"))));
    }

    private static void check(Path folder, FamilyGolden golden, JsonNode cases) throws IOException, ModelException {
        golden.write(folder);
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer(golden));
        TextTask task = TextTask.of(folder);
        ModelSpec spec = HeadFolder.read(folder, LIMITED, task, golden.name());
        List<TokenSequence> texts =
                cases.valueStream().map(HeadLayersGoldenTest::sequence).toList();
        try (Model<TokenSequence, Vector> model = model(spec)) {
            List<Vector> together = model.run(texts);
            for (int i = 0; i < texts.size(); i++) {
                JsonNode expected = cases.get(i).path("logits");
                Vector alone = model.run(List.of(texts.get(i))).getFirst();
                assertThat(alone.dimension()).isEqualTo(expected.size());
                for (int k = 0; k < alone.dimension(); k++) {
                    assertThat((double) alone.get(k))
                            .as("text %d, number %d", i, k)
                            .isCloseTo(expected.get(k).asDouble(), within(2e-5));
                }
                assertThat(together.get(i)).isEqualTo(alone);
            }
        }
    }

    private static Model<TokenSequence, Vector> model(ModelSpec spec) throws ModelException {
        Model<TokenSequence, Vector> network = Workbench.engines().load(spec).model();
        return spec.texts().grain() == Task.Grain.TOKEN
                ? new TokenVectors(network, spec.texts().recipe().modules(), false)
                : ModuleChain.behind(network, spec.texts().recipe().modules());
    }

    private static TokenSequence sequence(JsonNode text) {
        int[] ids = text.path("ids").valueStream().mapToInt(JsonNode::asInt).toArray();
        int second = text.path("second").asInt();
        return second > 0 ? TokenSequence.pair(ids, second) : new TokenSequence(ids);
    }

    /** Words by their numbers. */
    private static String tokenizer(FamilyGolden golden) {
        String words = IntStream.range(0, golden.config().path("vocab_size").asInt())
                .mapToObj(id -> "\"w" + id + "\": " + id)
                .collect(Collectors.joining(", "));
        return "{\"version\": \"1.0\", \"added_tokens\": [], \"pre_tokenizer\": {\"type\": \"WhitespaceSplit\"},"
                + " \"model\": {\"type\": \"WordLevel\", \"unk_token\": \"w0\", \"vocab\": {" + words + "}}}";
    }
}
