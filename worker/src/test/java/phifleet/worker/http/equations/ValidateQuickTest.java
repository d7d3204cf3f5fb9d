package phifleet.worker.http.equations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phifleet.equations.Mode;
import phifleet.equations.ValidationRequest;
import phifleet.equations.Validator;
import phifleet.equations.grammar.Format;

/** Which equations are left to the slow pool, told by a clock of the test's own. */
class ValidateQuickTest {
    private static final long LATER = TimeUnit.MINUTES.toNanos(1);

    @Test
    void quick_equationWithinItsTime_isJudged() {
        assertThat(quick(0, 1_000)).isInstanceOf(Judging.Judgement.Reported.class);
    }

    @Test
    void quick_equationThatTakesLonger_isLeftToTheSlowPool() {
        assertThat(quick(30, 1_000)).isNull();
    }

    @Test
    void quick_requestThatGivesNoMoreTime_isAnsweredAtOnce() {
        assertThat(quick(30, Judging.QUICK_MS)).isInstanceOf(Judging.Judgement.Reported.class);
    }

    private static Judging.@Nullable Judgement quick(long millisPerLook, int timeoutMs) {
        AtomicLong now = new AtomicLong();
        Judging judging = new Judging(new Validator(() -> now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millisPerLook))));
        ValidationRequest request =
                new ValidationRequest("E = mc²", Mode.AUTO, Format.AUTO, Map.of(), List.of(), 1, timeoutMs);
        return judging.quick(request, System.nanoTime() + LATER, "test");
    }
}
