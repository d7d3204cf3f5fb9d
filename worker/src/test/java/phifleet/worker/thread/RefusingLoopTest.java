package phifleet.worker.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RefusingLoopTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long now = -SECOND;
    private final List<SchedulingPolicy> taken = new ArrayList<>();
    private final RefusingLoop loop = new RefusingLoop(() -> now, taken::add);

    @Test
    void answered_whereManyAreRefused_interruptsNobody_onlyOnce() {
        answers(3, 600, true);

        assertThat(taken).containsExactly(SchedulingPolicy.BATCH);
    }

    @Test
    void answered_asOftenButNotRefused_changesNothing() {
        answers(3, 5_000, false);

        assertThat(taken).isEmpty();
    }

    @Test
    void answered_whereFewerAreRefused_changesNothingUntilTheyAreFew() {
        answers(1, 400, true);
        assertThat(taken).isEmpty();

        answers(1, 600, true);
        answers(1, 400, true);
        assertThat(taken).containsExactly(SchedulingPolicy.BATCH);

        answers(1, 80, true);
        assertThat(taken).containsExactly(SchedulingPolicy.BATCH, SchedulingPolicy.OTHER);
    }

    @Test
    void answered_afterNobodyCameForLong_isQuickAgain() {
        answers(1, 2_000, true);
        now += 30 * SECOND;
        loop.answered(false);

        assertThat(taken).containsExactly(SchedulingPolicy.BATCH, SchedulingPolicy.OTHER);
    }

    @Test
    void answered_inABurstThatIsShorterThanItsWindow_changesNothing() {
        for (int i = 0; i < 100; i++) {
            now += SECOND / 10_000;
            loop.answered(true);
        }
        now += SECOND;
        loop.answered(true);

        assertThat(taken).isEmpty();
    }

    private void answers(int seconds, int pace, boolean refused) {
        for (int i = 0; i < seconds * pace; i++) {
            now += SECOND / pace;
            loop.answered(refused);
        }
    }
}
