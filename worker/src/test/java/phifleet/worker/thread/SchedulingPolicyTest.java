package phifleet.worker.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SchedulingPolicyTest {
    @Test
    void take_isForTheCallingThreadAlone_andCanBeTakenBack() throws Exception {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            List<Integer> policies = other.submit(() -> {
                        List<Integer> seen = new ArrayList<>();
                        for (SchedulingPolicy policy : List.of(SchedulingPolicy.BATCH, SchedulingPolicy.OTHER)) {
                            policy.take();
                            seen.add(ThreadStat.policy(ThreadStat.thisThread()));
                        }
                        return seen;
                    })
                    .get();

            assertThat(policies).containsExactly(SchedulingPolicy.BATCH.number, SchedulingPolicy.OTHER.number);
        }
        assertThat(ThreadStat.policy(ThreadStat.thisThread())).isNotEqualTo(SchedulingPolicy.BATCH.number);
    }
}
