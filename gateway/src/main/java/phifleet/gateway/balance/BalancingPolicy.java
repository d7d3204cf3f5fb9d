package phifleet.gateway.balance;

import org.jspecify.annotations.Nullable;

/** Decides which worker takes a request, and nothing else. An instance belongs to one thread. */
@FunctionalInterface
public interface BalancingPolicy {
    /** Picks one of the open candidates; null where none is open. */
    @Nullable
    Worker pick(Candidates candidates);
}
