package phifleet.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Contenders that run turn by turn, so that what disturbs one disturbs the others too: each round has them all, every other one
 * from the last to the first. A ratio is the median of the rounds' ratios.
 */
public final class Turns {
    private final Map<String, Contender> contenders = new LinkedHashMap<>();

    /**
     * What one turn did.
     *
     * @param seconds of the clock
     * @param cpuSeconds of the processors, for all that took part
     * @param servingSeconds the same without the load driver's own
     */
    public record Measured(long items, double seconds, double cpuSeconds, double servingSeconds) {
        double perSecond() {
            return items / seconds;
        }

        double perCpuSecond() {
            return items / cpuSeconds;
        }

        double perServingSecond() {
            return items / servingSeconds;
        }
    }

    /** One turn of a contender. */
    @FunctionalInterface
    public interface Work {
        Measured run() throws Exception;
    }

    private record Contender(Work work, List<Measured> turns) {}

    public Turns add(String name, Work work) {
        contenders.put(name, new Contender(work, new ArrayList<>()));
        return this;
    }

    /** Runs all of them; what was found before is kept. */
    public Turns run(int rounds) throws Exception {
        List<Contender> order = new ArrayList<>(contenders.values());
        for (int round = 0; round < rounds; round++) {
            for (Contender contender : order) {
                contender.turns.add(contender.work.run());
            }
            Collections.reverse(order);
        }
        return this;
    }

    /** Runs each without counting it: what the compiler does then is no part of the pace. */
    public Turns warmUp(int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            for (Contender contender : contenders.values()) {
                contender.work.run();
            }
        }
        return this;
    }

    /** A line for each contender: medians of items a second of the clock, of the processors, and without the load driver's. */
    public void paces(String items) {
        System.out.printf(Locale.ROOT, "%-52s %10s %10s %10s%n", items + " a second", "of clock", "of CPU", "serving");
        contenders.forEach((name, contender) -> {
            List<Measured> turns = contender.turns;
            System.out.printf(
                    Locale.ROOT,
                    "%-52s %10.1f %10.1f %10.1f%n",
                    name,
                    median(turns.stream().map(Measured::perSecond).toList()),
                    median(turns.stream().map(Measured::perCpuSecond).toList()),
                    median(turns.stream().map(Measured::perServingSecond).toList()));
        });
    }

    /**
     * A line with the ratio of two contenders' paces: by the clock, by processor time, and by that without the load driver's.
     *
     * @param bar what is wanted of it
     */
    public void ratio(String name, String one, String other, double bar) {
        System.out.printf(
                Locale.ROOT,
                "%-52s %10.3f %10.3f %10.3f   bar %.2f; by round, serving: %s%n",
                name,
                median(ratios(one, other, Measured::perSecond)),
                median(ratios(one, other, Measured::perCpuSecond)),
                median(ratios(one, other, Measured::perServingSecond)),
                bar,
                ratios(one, other, Measured::perServingSecond).stream()
                        .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                        .toList());
    }

    private List<Double> ratios(String one, String other, ToDoubleFunction<Measured> pace) {
        List<Measured> above = turns(one);
        List<Measured> below = turns(other);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(above.size(), below.size()); i++) {
            ratios.add(pace.applyAsDouble(above.get(i)) / pace.applyAsDouble(below.get(i)));
        }
        return ratios;
    }

    private List<Measured> turns(String name) {
        Contender contender = contenders.get(name);
        if (contender == null) {
            throw new IllegalArgumentException("no contender is named " + name);
        }
        return contender.turns;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((sorted.size() - 1) / 2);
    }
}
