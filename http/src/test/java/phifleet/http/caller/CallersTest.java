package phifleet.http.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phifleet.common.Problem;
import phifleet.common.Sha256;
import phifleet.http.EdgeSettings;

class CallersTest {
    private final AtomicLong clock = new AtomicLong();

    private static NamedKey key(String name, String key, double rate, double budget) {
        byte[] hash = Sha256.digest().digest(key.getBytes(StandardCharsets.UTF_8));
        return new NamedKey(name, HexFormat.of().formatHex(hash), bound(rate), bound(budget));
    }

    private static OptionalDouble bound(double value) {
        return value > 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private Callers callers(@Nullable String apiKey, NamedKey... keys) {
        EdgeSettings settings = new EdgeSettings(
                apiKey == null ? null : new ApiKey(apiKey),
                List.of(keys),
                null,
                List.of(),
                1,
                Duration.ofSeconds(1),
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        return new Callers(settings.apiKey(), settings.keys(), clock::get);
    }

    @Test
    void find_isWhoseKeyIsShown() {
        Callers callers = callers("shared-key", key("ann", "ann's", 0, 0), key("bob", "bob's", 0, 0));
        assertThat(callers.find("Bearer ann's").orElseThrow().name()).isEqualTo("ann");
        assertThat(callers.find("bearer bob's").orElseThrow().name()).isEqualTo("bob");
        assertThat(callers.find("Bearer shared-key").orElseThrow().name()).isEqualTo("shared");
        assertThat(callers.find("Bearer nobody's")).isEmpty();
        assertThat(callers.find(key("ann", "ann's", 0, 0).sha256())).isEmpty();
        assertThat(callers.find("Bearer " + key("ann", "ann's", 0, 0).sha256()))
                .as("the hash is no key")
                .isEmpty();
        assertThat(callers.find(null)).isEmpty();
    }

    @Test
    void find_whereNoKeyIsAsked_isNobodyInParticular() {
        assertThat(callers(null).find(null).orElseThrow().name()).isEqualTo("none");
    }

    @Test
    void admit_pastTheRate_refusesUntilThen() {
        Caller ann = callers("s", key("ann", "a", 2, 0)).find("Bearer a").orElseThrow();
        assertThat(ann.admit()).isNull();
        assertThat(ann.admit()).isNull();
        Problem refused = Objects.requireNonNull(ann.admit());
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("rate_exceeded");
        assertThat(refused.message()).isEqualTo("the key ann may ask 2.0 times a second");
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(500));

        clock.addAndGet(Objects.requireNonNull(refused.retryAfter()).toNanos());
        assertThat(ann.admit()).as("what it was told is true").isNull();
        assertThat(ann.requests()).isEqualTo(3);
        assertThat(ann.refused()).isEqualTo(1);
    }

    @Test
    void admit_seldomerThanOnceASecond_letsOneIn() {
        Caller ann = callers("s", key("ann", "a", 0.1, 0)).find("Bearer a").orElseThrow();
        assertThat(ann.admit()).isNull();
        assertThat(Objects.requireNonNull(Objects.requireNonNull(ann.admit()).retryAfter()))
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void admit_pastTheBudget_refusesUntilItIsMadeUpFor() {
        Caller ann = callers("s", key("ann", "a", 0, 6)).find("Bearer a").orElseThrow();
        assertThat(ann.admit()).isNull();
        ann.took("m", Duration.ofSeconds(8).toNanos());
        Problem refused = Objects.requireNonNull(ann.admit());
        assertThat(refused.code()).isEqualTo("budget_exceeded");
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(20));
        assertThat(ann.budgetLeft()).isEqualTo(-2);

        clock.addAndGet(Duration.ofSeconds(20).toNanos() + 1);
        assertThat(ann.admit()).isNull();
    }

    @Test
    void took_manyModels_areBounded() {
        Caller ann = callers("s", key("ann", "a", 0, 0)).find("Bearer a").orElseThrow();
        for (int i = 0; i < 1_000; i++) {
            ann.took("model-" + i, 1_000_000_000);
        }
        assertThat(ann.deviceSeconds()).hasSizeLessThanOrEqualTo(257).containsKey("(others)");
        assertThat(ann.deviceSeconds().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isEqualTo(1_000);
    }
}
