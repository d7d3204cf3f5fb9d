package phifleet.benchmark.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import phifleet.benchmark.run.Measurement;

/**
 * A result against an earlier one of the same framework. A figure is a regression where its ratio is worse than the tolerance and,
 * with 95 % confidence by the bootstrap over rounds, worse than 1: what lies within the noise of the rounds is none. Of single
 * rounds no noise is known: there the tolerance is wider, and the line says so.
 */
record Comparison(List<String> lines, int regressions) {
    private static final double TOLERANCE = 0.03;
    private static final double TOLERANCE_OF_SINGLES = 0.15;

    private record Figure(String name, boolean moreIsBetter, ToDoubleFunction<Measurement> of) {}

    private static final List<Figure> FIGURES = List.of(
            new Figure("texts/s", true, Measurement::textsPerSecond),
            new Figure("p50 ms", false, one -> one.millis(50)),
            new Figure("p99 ms", false, one -> one.millis(99)),
            new Figure(
                    "CPU s a text",
                    false,
                    one -> one.cpuSeconds().orElse(Double.NaN) / (one.requests() * one.batchSize())));

    static Comparison of(Result before, Result after) {
        List<String> lines = new ArrayList<>();
        int regressions = 0;
        if (!before.system().equals(after.system())) {
            lines.add("not comparable: measured on " + before.system() + " and on " + after.system());
        }
        Set<String> scenarios = new LinkedHashSet<>();
        before.rounds().forEach(one -> scenarios.add(one.slot().scenario()));
        for (String scenario : scenarios) {
            List<Measurement> old = before.good(scenario);
            List<Measurement> now = after.good(scenario);
            if (old.isEmpty()) {
                continue;
            }
            if (now.isEmpty()) {
                lines.add(scenario + ": REGRESSION, nothing valid was measured");
                regressions++;
            } else if (!old.getFirst().plan().equals(now.getFirst().plan())) {
                lines.add(scenario + ": not comparable, its load, texts or model are others");
            } else {
                for (Figure figure : FIGURES) {
                    regressions += compare(scenario, figure, old, now, lines) ? 1 : 0;
                }
            }
        }
        return new Comparison(List.copyOf(lines), regressions);
    }

    private static boolean compare(
            String scenario, Figure figure, List<Measurement> old, List<Measurement> now, List<String> lines) {
        ConfidenceInterval ratio = ConfidenceInterval.ofRatio(values(figure, now), values(figure, old));
        if (Double.isNaN(ratio.mean())) {
            return false;
        }
        boolean single = Double.isNaN(ratio.low());
        double tolerance = single ? TOLERANCE_OF_SINGLES : TOLERANCE;
        boolean worse = figure.moreIsBetter
                ? ratio.mean() < 1 - tolerance && (single || ratio.high() < 1)
                : ratio.mean() > 1 + tolerance && (single || ratio.low() > 1);
        lines.add(String.format(
                Locale.ROOT,
                "%-24s %-13s %.3f of before %s%s",
                scenario,
                figure.name(),
                ratio.mean(),
                single
                        ? "(one round: noise unknown)"
                        : String.format(Locale.ROOT, "(%.3f to %.3f)", ratio.low(), ratio.high()),
                worse ? "  REGRESSION" : ""));
        return worse;
    }

    private static List<Double> values(Figure figure, List<Measurement> measurements) {
        return measurements.stream().map(one -> figure.of().applyAsDouble(one)).toList();
    }
}
