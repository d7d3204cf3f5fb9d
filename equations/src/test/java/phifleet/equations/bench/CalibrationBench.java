package phifleet.equations.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import phifleet.equations.Verdict;

/**
 * How well the confidences fit. The expected calibration error is the mean, over ten equal bins of confidence and weighted
 * by what falls in each, of |share right − mean confidence|. All mutants of a law together weigh as much as the law.
 */
final class CalibrationBench {
    private static final int BINS = 10;
    /** As how many judged equations the verdict's own share counts when a row of the table is made. */
    private static final double PRIOR_WEIGHT = 2;

    private static final int FOLDS = 5;
    /** One way to part families into folds is as good as another, and errors differ threefold between them: their mean is told. */
    private static final int PARTITIONS = 10;

    /** The expected calibration error that a verdict may have. */
    private static final double MOST_ERROR = 0.02;
    /** As many answers of one verdict are worth a line of their own. */
    private static final int OFTEN = 100;

    private static final double HIGH = 0.95;
    private static final Set<String> BY_NATURE =
            Set.of(Verdict.IDENTITY_PROVED.text(), Verdict.CONDITIONAL.text(), Verdict.WELL_FORMED.text());

    /** A row of the table: weighted counts. */
    static final class Row {
        double right;
        double weight;
        int count;

        void add(Judged judged) {
            right += judged.right() ? judged.weight() : 0;
            weight += judged.weight();
            count++;
        }

        double confidence(double prior) {
            return (right + prior * PRIOR_WEIGHT) / (weight + PRIOR_WEIGHT);
        }
    }

    private CalibrationBench() {}

    static void run(List<Judged> judged, Table table) {
        List<Judged> read = judged.stream().filter(Judged::isRead).toList();
        if (read.isEmpty()) {
            return;
        }
        double[] weights = new double[BINS];
        double[] right = new double[BINS];
        double[] confidence = new double[BINS];
        for (Judged one : read) {
            count(one, one.confidence(), weights, right, confidence);
        }
        table.figure("confidence: expected calibration error", error(weights, right, confidence), "", 0.05);
        table.figure(
                "confidence: the same with the table of other families (5 folds)",
                crossValidated(read),
                "",
                MOST_ERROR);
        byVerdict(read, table);
    }

    /** What a law of another family gets: error and wrong answers at high confidence, for each verdict often given. */
    private static void byVerdict(List<Judged> judged, Table table) {
        Map<String, List<Judged>> verdicts = new TreeMap<>();
        judged.forEach(one -> verdicts.computeIfAbsent(one.verdict(), key -> new ArrayList<>())
                .add(one));
        verdicts.forEach((verdict, all) -> {
            if (all.size() >= OFTEN) {
                table.figure("confidence by families: " + verdict, crossValidated(judged, verdict), "", MOST_ERROR);
            }
        });
        double wrong = 0;
        double sure = 0;
        for (Judged one : judged) {
            if (one.confidence() >= HIGH) {
                sure += one.weight();
                wrong += one.right() ? 0 : one.weight();
            }
        }
        table.atMost("confidence: wrong among those of 0.95 and more", wrong, sure, 0.05);
    }

    private static void count(Judged one, double sure, double[] weights, double[] right, double[] confidence) {
        int bin = (int) Math.min(BINS - 1, sure * BINS);
        weights[bin] += one.weight();
        right[bin] += one.right() ? one.weight() : 0;
        confidence[bin] += sure * one.weight();
    }

    private static double error(double[] weights, double[] right, double[] confidence) {
        double error = 0;
        double whole = 0;
        for (int i = 0; i < BINS; i++) {
            error += Math.abs(right[i] - confidence[i]);
            whole += weights[i];
        }
        return error / whole;
    }

    private static double crossValidated(List<Judged> judged) {
        return crossValidated(judged, "");
    }

    /** The mean over several partitions. */
    private static double crossValidated(List<Judged> judged, String verdict) {
        return IntStream.range(0, PARTITIONS)
                .mapToDouble(partition -> crossValidated(judged, verdict, partition))
                .average()
                .orElseThrow();
    }

    /** Folds are of whole families: the laws of one chapter are in one fold. */
    private static double crossValidated(List<Judged> judged, String verdict, int partition) {
        double[] weights = new double[BINS];
        double[] right = new double[BINS];
        double[] confidence = new double[BINS];
        for (int fold = 0; fold < FOLDS; fold++) {
            List<Judged> others = new ArrayList<>();
            List<Judged> own = new ArrayList<>();
            for (Judged one : judged) {
                (fold(one, partition) == fold ? own : others).add(one);
            }
            Map<String, Row> table = table(others);
            for (Judged one : own) {
                if (!verdict.isEmpty() && !one.verdict().equals(verdict)) {
                    continue;
                }
                Row row = BY_NATURE.contains(verdict(one.key())) ? null : table.get(one.key());
                double sure = row == null ? one.confidence() : row.confidence(one.confidence());
                count(one, sure, weights, right, confidence);
            }
        }
        return error(weights, right, confidence);
    }

    private static int fold(Judged one, int partition) {
        return new SplittableRandom(family(one.group()).hashCode() * 31L + partition).nextInt(FOLDS);
    }

    /** The chapter of a law's id, {@code mechanics.statics} of {@code mechanics.statics.lever}; another group as it is. */
    private static String family(String group) {
        int last = group.lastIndexOf('.');
        return last > 0 && group.indexOf(' ') < 0 ? group.substring(0, last) : group;
    }

    static Map<String, Row> table(List<Judged> judged) {
        Map<String, Row> table = new TreeMap<>();
        for (Judged one : judged) {
            if (one.isRead()) {
                table.computeIfAbsent(one.key(), key -> new Row()).add(one);
            }
        }
        return table;
    }

    /** The resource's text. */
    static String text(List<Judged> judged) {
        StringBuilder text = new StringBuilder("""
                # Confidence by verdict and basis: key | confidence | judged equations. Made by scripts/validate-bench --calibrate.
                # All mutants of a law together weigh as much as the law; each row is pulled to its verdict's share as by two equations.
                """);
        Map<String, Row> shares = new TreeMap<>();
        for (Judged one : judged) {
            if (one.isRead()) {
                shares.computeIfAbsent(verdict(one.key()), key -> new Row()).add(one);
            }
        }
        table(judged).forEach((key, row) -> {
            // A proof is certain by what it is, and a solution by its residual: neither is a matter of frequency.
            if (BY_NATURE.contains(verdict(key))) {
                return;
            }
            double prior = Objects.requireNonNull(shares.get(verdict(key))).confidence(0.5);
            text.append(String.format(Locale.ROOT, "%s | %.4f | %d%n", key, row.confidence(prior), row.count));
        });
        return text.toString();
    }

    private static String verdict(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }
}
