package phifleet.benchmark;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** Moments of requests that come independently of each other. */
public final class RandomArrivals {
    private RandomArrivals() {}

    /**
     * Draws them with a rate that changes: of those of the greatest rate, each is kept with the share that its moment's rate has of it.
     *
     * @param perSecond how many come a second in the mean, by the second
     * @param most the greatest of these
     * @param seconds how long
     * @return seconds from the first moment on, in order
     */
    public static double[] draw(DoubleUnaryOperator perSecond, double most, double seconds, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DoubleStream.Builder at = DoubleStream.builder();
        for (double now = gap(most, random); now < seconds; now += gap(most, random)) {
            if (random.nextDouble() * most < perSecond.applyAsDouble(now)) {
                at.add(now);
            }
        }
        return at.build().toArray();
    }

    private static double gap(double perSecond, SplittableRandom random) {
        return -Math.log(1 - random.nextDouble()) / perSecond;
    }
}
