package phifleet.worker.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import phifleet.benchmark.AnswerCheck;
import phifleet.benchmark.Call;
import phifleet.benchmark.Turns;
import phifleet.inference.local.LocalEncoder;
import phifleet.inference.local.LocalModels;
import phifleet.inference.local.LocalSettings;
import phifleet.worker.WorkerUnderTest;

/**
 * Short texts a second of a static model, in lists of 64: over HTTP, and in this process. Arguments: the folder for models and caches,
 * and rounds.
 */
public final class StaticBench {
    private static final int LIST = 64;
    private static final int LISTS = 800;
    private static final int CLIENTS = 8;

    /** Words of a text: a short sentence. */
    private static final int WORDS = 10;

    private static final int WARM_UPS = 3;

    private StaticBench() {}

    public static void main(String[] arguments) throws Exception {
        Path cache = Path.of(arguments[0]).toAbsolutePath();
        Path folder = StaticFolder.write(cache.resolve("static-256"));
        List<List<String>> lists = lists();
        List<Call> calls = new ArrayList<>();
        for (List<String> texts : lists) {
            calls.add(Call.postJson(
                    "texts",
                    "/embed",
                    new JsonMapper().writeValueAsString(Map.of("inputs", texts)),
                    AnswerCheck.anything()));
        }
        try (WorkerUnderTest worker = WorkerUnderTest.start(
                        cache, "models:\n  - {id: static, path: " + folder + "}\n", Driven.PATIENT);
                LocalModels models = new LocalModels(LocalSettings.usual().withCache(cache));
                LocalEncoder encoder = models.encoder(folder)) {
            new Turns()
                    .add("over HTTP", () -> texts(Driven.over(worker.uri(), calls, CLIENTS, LISTS)))
                    .add(
                            "in this process, one thread that asks",
                            () -> texts(Driven.bare(1, LISTS, i -> encoder.embed(lists.get(i % lists.size())))))
                    .warmUp(WARM_UPS)
                    .run(Integer.parseInt(arguments[1]))
                    .paces("texts");
        }
    }

    private static Turns.Measured texts(Turns.Measured lists) {
        return new Turns.Measured(lists.items() * LIST, lists.seconds(), lists.cpuSeconds(), lists.servingSeconds());
    }

    private static List<List<String>> lists() throws Exception {
        List<String> words = Texts.words();
        Random random = new Random(2026);
        return IntStream.range(0, CLIENTS)
                .mapToObj(list -> IntStream.range(0, LIST)
                        .mapToObj(text -> IntStream.range(0, WORDS)
                                .mapToObj(word -> words.get(random.nextInt(words.size())))
                                .reduce((one, next) -> one + " " + next)
                                .orElseThrow())
                        .toList())
                .toList();
    }
}
