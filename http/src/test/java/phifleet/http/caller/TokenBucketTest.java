package phifleet.http.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);

    private TokenBucket bucket(double capacity, double perSecond) {
        return new TokenBucket(capacity, perSecond, clock::get);
    }

    private void pass(long millis) {
        clock.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void take_moreThanThereIs_saysWhenItWillBe() {
        TokenBucket bucket = bucket(3, 2);
        assertThat(bucket.take(1) + bucket.take(1) + bucket.take(1)).isZero();
        assertThat(bucket.take(1)).isEqualTo(Duration.ofMillis(500).toNanos());

        pass(499);
        assertThat(bucket.take(1)).isBetween(1L, Duration.ofMillis(2).toNanos());
        pass(1);
        assertThat(bucket.take(1)).isZero();
        assertThat(bucket.take(1)).isPositive();
    }

    @Test
    void take_afterALongRest_givesNoMoreThanItHolds() {
        TokenBucket bucket = bucket(2, 10);
        pass(1_000_000);
        assertThat(bucket.take(2)).isZero();
        assertThat(bucket.take(1)).isPositive();
    }

    @Test
    void owe_moreThanThereIs_isMadeUpForFirst() {
        TokenBucket bucket = bucket(60, 1);
        assertThat(bucket.waits()).isZero();
        bucket.owe(75);
        assertThat(bucket.left()).isEqualTo(-15);
        assertThat(bucket.waits()).isEqualTo(Duration.ofSeconds(15).toNanos());

        pass(15_000);
        assertThat(bucket.waits()).as("nothing is left, nor owed").isEqualTo(1);
        pass(1);
        assertThat(bucket.waits()).isZero();
    }
}
