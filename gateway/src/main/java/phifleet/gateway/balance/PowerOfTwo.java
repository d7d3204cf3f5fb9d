package phifleet.gateway.balance;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The less loaded of two workers drawn at random: nearly as even as {@link LeastConnections}, at a cost that does not grow
 * with the fleet, and with less of a stampede where many gateways see the same idle worker.
 *
 * <p>Source: M. Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001.
 */
public final class PowerOfTwo implements BalancingPolicy {
    private final RandomGenerator random;
    private final BalancingPolicy whenBothAreClosed;

    public PowerOfTwo(RandomGenerator random) {
        this.random = random;
        this.whenBothAreClosed = new LeastConnections(random);
    }

    @Override
    public @Nullable Worker pick(Candidates candidates) {
        List<Worker> workers = candidates.workers();
        if (workers.size() < 3) {
            return whenBothAreClosed.pick(candidates);
        }
        Worker one = workers.get(random.nextInt(workers.size()));
        Worker other = workers.get(random.nextInt(workers.size()));
        Worker lighter = one.inFlight() <= other.inFlight() ? one : other;
        return candidates.open(lighter) ? lighter : whenBothAreClosed.pick(candidates);
    }
}
