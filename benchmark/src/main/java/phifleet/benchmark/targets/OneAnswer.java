package phifleet.benchmark.targets;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phifleet.benchmark.Answer;
import phifleet.benchmark.AnswerCheck;
import phifleet.benchmark.Call;
import phifleet.benchmark.LoadDriver;
import phifleet.benchmark.Workload;

/** Asks once. */
final class OneAnswer {
    private OneAnswer() {}

    /** What a path answers with a 2xx status; null where it does not. */
    static @Nullable Answer get(URI url, String path) throws InterruptedException {
        return of(url, Duration.ofSeconds(5), keep -> Call.get("ask", path, keep));
    }

    static @Nullable Answer of(URI url, Duration patience, Function<AnswerCheck, Call> call)
            throws InterruptedException {
        AtomicReference<@Nullable Answer> answer = new AtomicReference<>();
        AnswerCheck keep = given -> {
            answer.set(given);
            return null;
        };
        new LoadDriver(url, 1, patience).run(Workload.inTurn(List.of(call.apply(keep))), 1);
        return answer.get();
    }
}
