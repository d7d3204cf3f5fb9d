package phifleet.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ModelBookTest {
    private final ModelBook book = new ModelBook();

    @Test
    void take_namesOfOneModel_areOneInterval_andNothingIsCountedTwice() {
        for (int i = 1; i <= 100; i++) {
            book.of(i % 2 == 0 ? "minilm" : "alias").answered(i * 1_000_000L, i > 90);
        }

        Map<String, ModelInterval> intervals = book.take(name -> name.equals("alias") ? "minilm" : name);

        ModelInterval minilm = Objects.requireNonNull(intervals.get("minilm"));
        assertThat(intervals).containsOnlyKeys("minilm");
        assertThat(minilm.requests()).isEqualTo(100);
        assertThat(minilm.failed()).isEqualTo(10);
        assertThat(minilm.quantile(50)).isCloseTo(50, within(1.0));
        assertThat(minilm.quantile(99)).isCloseTo(99, within(1.0));
        assertThat(book.take(name -> name)).isEmpty();
    }

    @Test
    void of_moreNamesThanAreToldApart_countsTheRestTogether() {
        for (int i = 0; i < 1_000; i++) {
            book.of("made-up-" + i).answered(1, false);
        }

        assertThat(book.take(name -> name)).hasSizeLessThanOrEqualTo(257).containsKey("(others)");
    }
}
