package phifleet.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LeaseTest {
    @Test
    void end_countsOnce_whicheverWayComesFirst() {
        Worker worker = Workers.worker("w", 10);
        Lease lease = worker.lease();
        assertThat(worker.inFlight()).isEqualTo(1);

        assertThat(lease.served(5)).isTrue();
        assertThat(lease.failed(Failure.CUT_OFF)).isFalse();
        assertThat(lease.abandoned()).isFalse();

        assertThat(worker.inFlight()).isZero();
        assertThat(worker.tally().served()).isEqualTo(1);
        assertThat(worker.tally().failed()).isZero();
        assertThat(worker.tally().abandoned()).isZero();
    }

    @Test
    void end_fromManyThreads_leavesNothingInFlight() throws Exception {
        Worker worker = Workers.worker("w", 10);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() -> {
                    for (int n = 0; n < 25_000; n++) {
                        Lease lease = worker.lease();
                        if (n % 2 == 0) {
                            lease.served(n);
                        } else {
                            lease.abandoned();
                        }
                        lease.failed(Failure.TIMEOUT);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(worker.inFlight()).isZero();
        assertThat(worker.tally().served() + worker.tally().abandoned()).isEqualTo(100_000);
        assertThat(worker.latency().quantiles().count()).isEqualTo(50_000);
    }
}
