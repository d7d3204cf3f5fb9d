package phifleet.benchmark.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import phifleet.gateway.balance.BalancingPolicy;
import phifleet.gateway.balance.Worker;

/**
 * What one gateway knows of workers' requests in hand where each answer says it: as of the last answer, and what this gateway has
 * sent and got back since. The program has no such header; this is to see what one would bring.
 */
final class ToldCounts {
    private final Map<Worker, Told> last = new HashMap<>();

    /**
     * What an answer said.
     *
     * @param inHand requests, for whomever
     * @param own of this gateway's, when it said so
     */
    private record Told(int inHand, int own) {}

    void told(Worker worker, int inHand) {
        last.put(worker, new Told(inHand, worker.inFlight()));
    }

    private int count(Worker worker) {
        Told told = last.get(worker);
        int own = worker.inFlight();
        return told == null ? own : Math.max(own, told.inHand() + own - told.own());
    }

    BalancingPolicy least(RandomGenerator random) {
        return candidates -> {
            List<Worker> workers = candidates.workers();
            @Nullable Worker best = null;
            // From a start at random, so that ties are.
            int start = workers.isEmpty() ? 0 : random.nextInt(workers.size());
            for (int i = 0; i < workers.size(); i++) {
                Worker worker = workers.get((start + i) % workers.size());
                if (candidates.open(worker) && (best == null || count(worker) < count(best))) {
                    best = worker;
                }
            }
            return best;
        };
    }

    BalancingPolicy ofTwo(RandomGenerator random) {
        BalancingPolicy otherwise = least(random);
        return candidates -> {
            List<Worker> workers = candidates.workers();
            if (workers.size() < 3) {
                return otherwise.pick(candidates);
            }
            Worker one = workers.get(random.nextInt(workers.size()));
            Worker other = workers.get(random.nextInt(workers.size()));
            Worker lighter = count(one) <= count(other) ? one : other;
            return candidates.open(lighter) ? lighter : otherwise.pick(candidates);
        };
    }
}
