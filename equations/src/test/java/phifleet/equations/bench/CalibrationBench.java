package phifleet.equations.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How well the confidences fit. The expected calibration error is the mean, over ten equal bins of confidence and weighted
 * by what falls in each, of |share right − mean confidence|. All mutants of a law together weigh as much as the law, and
 * laws of the table have their {@linkplain KnownShare share}.
 */
final class CalibrationBench {
    private static final int BINS = 10;
    private static final int FOLDS = 5;
    /** One way to part families into folds is as good as another, and errors differ threefold between them: their mean is told. */
    private static final int PARTITIONS = 10;

    /** The expected calibration error that a verdict may have. */
    private static final double MOST_ERROR = 0.015;
    /** As many answers of one verdict are worth a line of their own. */
    private static final int OFTEN = 100;

    private static final double HIGH = 0.95;

    /** Weighted sums over answers that were told much the same confidence. */
    private static final class Bin {
        private double right;
        private double confidence;
        private double weight;

        private void add(Judged one, double sure) {
            right += one.right() ? one.weight() : 0;
            confidence += sure * one.weight();
            weight += one.weight();
        }

        private static double error(Collection<Bin> bins) {
            double weight = bins.stream().mapToDouble(bin -> bin.weight).sum();
            return bins.stream()
                            .mapToDouble(bin -> Math.abs(bin.right - bin.confidence))
                            .sum()
                    / weight;
        }
    }

    private CalibrationBench() {}

    static void run(List<Judged> judged, Table table) {
        List<Judged> read = judged.stream().filter(Judged::isRead).toList();
        if (read.isEmpty()) {
            return;
        }
        Map<Integer, Bin> bins = new TreeMap<>();
        for (Judged one : read) {
            bins.computeIfAbsent(bin(one.confidence()), key -> new Bin()).add(one, one.confidence());
        }
        table.figure("confidence: expected calibration error", Bin.error(bins.values()), "", 0.05);
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

    private static int bin(double sure) {
        return (int) Math.min(BINS - 1, sure * BINS);
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

    /**
     * Folds are of whole families: the laws of one chapter are in one fold. Each fold is told what the table of the others says.
     */
    private static double crossValidated(List<Judged> judged, String verdict, int partition) {
        Map<Integer, Bin> bins = new TreeMap<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            List<Judged> others = new ArrayList<>();
            List<Judged> own = new ArrayList<>();
            for (Judged one : judged) {
                (fold(one, partition) == fold ? own : others).add(one);
            }
            ConfidenceTable table = new ConfidenceTable(others);
            for (Judged one : own) {
                if (verdict.isEmpty() || one.verdict().equals(verdict)) {
                    double sure =
                            ConfidenceTable.isByNature(one.key()) ? one.confidence() : table.confidence(one.key());
                    bins.computeIfAbsent(bin(sure), key -> new Bin()).add(one, sure);
                }
            }
        }
        return Bin.error(bins.values());
    }

    private static int fold(Judged one, int partition) {
        return new SplittableRandom(family(one.group()).hashCode() * 31L + partition).nextInt(FOLDS);
    }

    /** The chapter of a law's id, {@code mechanics.statics} of {@code mechanics.statics.lever}; another group as it is. */
    private static String family(String group) {
        int last = group.lastIndexOf('.');
        return last > 0 && group.indexOf(' ') < 0 ? group.substring(0, last) : group;
    }

    /** The resource's text. */
    static String text(List<Judged> judged) {
        StringBuilder text = new StringBuilder("""
                # Confidence by verdict and basis: key | confidence | judged equations. Made by scripts/validate-bench --calibrate.
                # All mutants of a law together weigh as much as the law, and laws of the table as 2 of 5; each row is pulled to its verdict's share as by two equations, and that so to all.
                """);
        ConfidenceTable table = new ConfidenceTable(judged);
        for (String key : table.keys()) {
            // Rounded down: no frequency is certain.
            double confidence = Math.floor(table.confidence(key) * 10_000) / 10_000;
            text.append(String.format(Locale.ROOT, "%s | %.4f | %d%n", key, confidence, table.count(key)));
        }
        return text.toString();
    }
}
