package phifleet.benchmark.simulator;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * How much is asked when; requests come at random with that rate.
 *
 * @param load in workers' worth, by the second: what so many workers could do that are never idle
 * @param seconds how long it goes on
 */
public record Trace(String name, DoubleUnaryOperator load, double seconds) {
    private static final double HOUR = 3_600;

    /** The same all the time. */
    public static Trace poisson(double load, double seconds) {
        return new Trace("poisson", at -> load, seconds);
    }

    /** A day: least at its beginning, most in its middle. */
    public static Trace diurnal(double least, double most, double day) {
        return new Trace("diurnal", at -> least + (most - least) * (1 - Math.cos(2 * Math.PI * at / day)) / 2, day);
    }

    /** Quiet, then a crowd within a second, for a third of the time. */
    public static Trace flashCrowd(double quiet, double crowd, double seconds) {
        return new Trace("flash crowd", at -> at > seconds / 3 && at < seconds * 2 / 3 ? crowd : quiet, seconds);
    }

    /** Thirty per cent more and less, twenty seconds each. */
    public static Trace swing(double mean, double seconds) {
        return new Trace("swing", at -> mean * (at % 40 < 20 ? 1.3 : 0.7), seconds);
    }

    /** What {@code scripts/simulate} runs. */
    static List<Trace> all() {
        return List.of(poisson(3, HOUR), diurnal(0.3, 8, 24 * HOUR), flashCrowd(0.5, 6, HOUR), swing(3, HOUR));
    }
}
