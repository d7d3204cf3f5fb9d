package phifleet.worker.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SchedulingTest {
    @Test
    void interruptNobody_isForTheCallingThreadAlone() throws Exception {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            int policy = other.submit(() -> {
                        Scheduling.interruptNobody();
                        return ThreadStat.policy(ThreadStat.thisThread());
                    })
                    .get();

            assertThat(policy).isEqualTo(Scheduling.SCHED_BATCH);
        }
        assertThat(ThreadStat.policy(ThreadStat.thisThread())).isNotEqualTo(Scheduling.SCHED_BATCH);
    }
}
