package phifleet.benchmark.simulator;

import java.util.random.RandomGenerator;
import phifleet.gateway.balance.BalancingPolicy;
import phifleet.gateway.balance.LeastConnections;
import phifleet.gateway.balance.PowerOfTwo;

/** By what a gateway chooses among workers. */
public enum Balancing {
    /** The program's default: the fewest requests in flight from this gateway alone. */
    LEAST,
    /** The fewer of two drawn at random, by the same counts. */
    TWO,
    /** The fewest that its answers say the worker has in hand, for whomever, and this gateway's own since. */
    TOLD,
    /** The fewer of two drawn at random, by what answers say. */
    TOLD_OF_TWO;

    /** Whether answers say how much their worker has in hand. */
    boolean isTold() {
        return switch (this) {
            case LEAST, TWO -> false;
            case TOLD, TOLD_OF_TWO -> true;
        };
    }

    BalancingPolicy policy(RandomGenerator random, ToldCounts told) {
        return switch (this) {
            case LEAST -> new LeastConnections(random);
            case TWO -> new PowerOfTwo(random);
            case TOLD -> told.least(random);
            case TOLD_OF_TWO -> told.ofTwo(random);
        };
    }
}
