package phifleet.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private final AtomicLong clock = new AtomicLong(TimeUnit.SECONDS.toNanos(100));
    private final RetryBudget budget = new RetryBudget(0.2, 10, clock::get);

    private int retriesLeft() {
        int taken = 0;
        while (budget.tryRetry()) {
            taken++;
        }
        return taken;
    }

    private void pass(int seconds) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void tryRetry_quietFleet_mayRetryTenASecond() {
        assertThat(retriesLeft()).isEqualTo(100);
    }

    @Test
    void tryRetry_busyFleet_mayRetryAFifthMore() {
        for (int i = 0; i < 1_000; i++) {
            budget.request();
        }
        assertThat(retriesLeft()).isEqualTo(300);
    }

    @Test
    void tryRetry_spent_comesBackWhenTheWindowHasPassed() {
        assertThat(retriesLeft()).isEqualTo(100);
        pass(5);
        assertThat(retriesLeft()).isZero();
        pass(5);
        assertThat(retriesLeft()).isEqualTo(100);
    }

    @Test
    void tryRetry_afterALongSilence_forgetsOldRequests() {
        for (int i = 0; i < 1_000; i++) {
            budget.request();
        }
        pass(3_600);
        assertThat(retriesLeft()).isEqualTo(100);
    }
}
