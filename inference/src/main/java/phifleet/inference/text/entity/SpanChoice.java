package phifleet.inference.text.entity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Of spans with scores those that are named: the best first, each that stands beside those before it. As GLiNER's
 * {@code greedy_search} has it (0.2.29).
 *
 * @param overlapping whether spans may lie in each other; never the same one twice, and never one across another's end
 * @param width units of the longest span, so that only neighbours are looked at
 */
record SpanChoice(boolean overlapping, int width) {

    /**
     * A span that may be named.
     *
     * @param first unit
     * @param last unit, included
     */
    record Span(int first, int last, int label, float score) {}

    /** In their order in the text; those that begin together the best first. */
    List<Span> of(List<Span> spans) {
        List<Span> best = new ArrayList<>(spans);
        best.sort(Comparator.comparingDouble(Span::score).reversed());
        Map<Integer, List<Span>> chosen = new HashMap<>();
        List<Span> all = new ArrayList<>();
        for (Span span : best) {
            if (isFree(span, chosen)) {
                chosen.computeIfAbsent(span.first(), first -> new ArrayList<>()).add(span);
                all.add(span);
            }
        }
        all.sort(Comparator.comparingInt(Span::first));
        return all;
    }

    private boolean isFree(Span span, Map<Integer, List<Span>> chosen) {
        for (int first = span.first() - width + 1; first <= span.last(); first++) {
            for (Span other : chosen.getOrDefault(first, List.of())) {
                if (excludes(other, span)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean excludes(Span a, Span b) {
        boolean same = a.first() == b.first() && a.last() == b.last();
        boolean apart = a.first() > b.last() || b.first() > a.last();
        boolean nested =
                (a.first() <= b.first() && a.last() >= b.last()) || (b.first() <= a.first() && b.last() >= a.last());
        return same || !(apart || (overlapping && nested));
    }
}
