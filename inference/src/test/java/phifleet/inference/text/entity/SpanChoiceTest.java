package phifleet.inference.text.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import phifleet.inference.text.entity.SpanChoice.Span;

class SpanChoiceTest {

    @Test
    void of_flat_theBetterOfTwoThatMeetIsChosen() {
        Span whole = new Span(0, 3, 0, 0.7f);
        Span part = new Span(1, 2, 1, 0.9f);
        Span beside = new Span(4, 4, 0, 0.6f);
        assertThat(new SpanChoice(false, 4).of(List.of(whole, part, beside))).containsExactly(part, beside);
    }

    @Test
    void of_overlapping_nestedOnesStayAndCrossingOnesDoNot() {
        Span whole = new Span(0, 3, 0, 0.7f);
        Span part = new Span(1, 2, 1, 0.9f);
        Span crossing = new Span(2, 4, 0, 0.8f);
        assertThat(new SpanChoice(true, 4).of(List.of(whole, part, crossing))).containsExactly(whole, part);
    }

    /** Looking at neighbours only is the same as looking at all. */
    @Test
    void of_anySpans_isTheGreedySearch() {
        Random random = new Random(3);
        for (int round = 0; round < 500; round++) {
            int width = 1 + random.nextInt(5);
            boolean overlapping = random.nextBoolean();
            List<Span> spans = new ArrayList<>();
            for (int first = 0; first < 12; first++) {
                for (int more = 0; more < width; more++) {
                    if (random.nextBoolean()) {
                        spans.add(new Span(first, first + more, 0, random.nextFloat()));
                    }
                }
            }
            assertThat(new SpanChoice(overlapping, width).of(spans)).isEqualTo(greedy(spans, overlapping));
        }
    }

    private static List<Span> greedy(List<Span> spans, boolean overlapping) {
        List<Span> chosen = new ArrayList<>();
        spans.stream()
                .sorted(Comparator.comparingDouble(Span::score).reversed())
                .forEach(span -> {
                    boolean free = chosen.stream().noneMatch(other -> {
                        boolean apart = span.first() > other.last() || other.first() > span.last();
                        boolean inside = span.first() >= other.first() && span.last() <= other.last();
                        boolean around = span.first() <= other.first() && span.last() >= other.last();
                        return !apart && !(overlapping && (inside || around));
                    });
                    if (free) {
                        chosen.add(span);
                    }
                });
        chosen.sort(Comparator.comparingInt(Span::first));
        return chosen;
    }
}
