package phifleet.equations.curve;

import java.util.List;

/**
 * Both sides of an equation over the one symbol that is free in it.
 *
 * @param variable the symbol's canonical name
 * @param isWhole whether it has to be an integer, as the bound of a sum; then the samples are at integers alone
 * @param samples by rising {@code x}, some hundreds
 */
public record Curve(String variable, boolean isWhole, List<Sample> samples) {
    public Curve {
        samples = List.copyOf(samples);
    }

    /**
     * The values at one place. A side is NaN where it is undefined, no real number, or jumps: a line through the samples ends there.
     *
     * @param x the free symbol's value
     */
    public record Sample(double x, double left, double right) {}
}
