package phifleet.benchmark.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import phifleet.benchmark.run.Measurement;

/**
 * A result against an earlier one of the same framework. A figure is a regression where its ratio is worse than the tolerance and,
 * with 95 % confidence by the bootstrap over rounds, worse than 1: what lies within the noise of the rounds is none. Of single
 * rounds no noise is known: there the tolerance is wider, and the line says so.
 */
record Comparison(List<Finding> findings) {
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

    /** One thing to say of the two. */
    sealed interface Finding {
        String line();

        boolean isRegression();
    }

    /** What has no figure. */
    private record Remark(String line, boolean isRegression) implements Finding {}

    /** A figure of a scenario, as a ratio to what it was. */
    private record Change(String scenario, Figure figure, ConfidenceInterval ratio, boolean isRegression)
            implements Finding {
        @Override
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "%-24s %-13s %.3f of before %s%s",
                    scenario,
                    figure.name(),
                    ratio.mean(),
                    ratio.isOfOne()
                            ? "(one round: noise unknown)"
                            : String.format(Locale.ROOT, "(%.3f to %.3f)", ratio.low(), ratio.high()),
                    isRegression ? "  REGRESSION" : "");
        }
    }

    static Comparison of(Result before, Result after) {
        List<Finding> findings = new ArrayList<>();
        if (!before.system().equals(after.system())) {
            findings.add(
                    new Remark("not comparable: measured on " + before.system() + " and on " + after.system(), false));
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
                findings.add(new Remark(scenario + ": REGRESSION, nothing valid was measured", true));
            } else if (!old.getFirst().plan().equals(now.getFirst().plan())) {
                findings.add(new Remark(scenario + ": not comparable, its load, texts or model are others", false));
            } else {
                for (Figure figure : FIGURES) {
                    change(scenario, figure, old, now).ifPresent(findings::add);
                }
            }
        }
        return new Comparison(List.copyOf(findings));
    }

    List<String> lines() {
        return findings.stream().map(Finding::line).toList();
    }

    int regressions() {
        return (int) findings.stream().filter(Finding::isRegression).count();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("regressions", regressions());
        ArrayNode changes = json.putArray("changes");
        ArrayNode remarks = json.putArray("remarks");
        for (Finding finding : findings) {
            switch (finding) {
                case Remark remark ->
                    remarks.addObject().put("remark", remark.line()).put("regression", remark.isRegression());
                case Change change ->
                    changes.addObject()
                            .put("scenario", change.scenario())
                            .put("figure", change.figure().name())
                            .put("regression", change.isRegression())
                            .set("ratio", change.ratio().json());
            }
        }
        return json;
    }

    private static Optional<Finding> change(
            String scenario, Figure figure, List<Measurement> old, List<Measurement> now) {
        ConfidenceInterval ratio = ConfidenceInterval.ofRatio(values(figure, now), values(figure, old));
        if (Double.isNaN(ratio.mean())) {
            return Optional.empty();
        }
        boolean single = ratio.isOfOne();
        double tolerance = single ? TOLERANCE_OF_SINGLES : TOLERANCE;
        boolean worse = figure.moreIsBetter
                ? ratio.mean() < 1 - tolerance && (single || ratio.high() < 1)
                : ratio.mean() > 1 + tolerance && (single || ratio.low() > 1);
        return Optional.of(new Change(scenario, figure, ratio, worse));
    }

    private static List<Double> values(Figure figure, List<Measurement> measurements) {
        return measurements.stream().map(one -> figure.of().applyAsDouble(one)).toList();
    }
}
