package phifleet.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What every policy must do. A new policy extends this. */
abstract class BalancingPolicyContract {
    abstract BalancingPolicy policy(RandomGenerator random);

    private BalancingPolicy policy() {
        return policy(new SplittableRandom(42));
    }

    @Test
    void pick_nobody_isNull() {
        assertThat(policy().pick(new Candidates(List.of()))).isNull();
    }

    @Test
    void pick_onlyOne_isThatOne() {
        List<Worker> one = Workers.withInFlight(7);

        assertThat(policy().pick(new Candidates(one))).isSameAs(one.getFirst());
    }

    @Test
    void pick_neverTakesATriedOne() {
        List<Worker> workers = Workers.withInFlight(0, 0, 5, 5);
        for (int i = 0; i < 200; i++) {
            assertThat(policy(new SplittableRandom(i)).pick(new Candidates(workers, workers.subList(0, 2))))
                    .isIn(workers.subList(2, 4));
        }
        assertThat(policy().pick(new Candidates(workers, workers))).isNull();
    }

    @Test
    void pick_neverTakesAFullOne() {
        Worker full = Workers.worker("full", 1);
        full.lease();
        Worker busy = Workers.worker("busy", 100);
        for (int i = 0; i < 50; i++) {
            busy.lease();
        }
        for (int i = 0; i < 200; i++) {
            assertThat(policy(new SplittableRandom(i)).pick(new Candidates(List.of(full, busy, full))))
                    .isSameAs(busy);
        }
        assertThat(policy().pick(new Candidates(List.of(full)))).isNull();
    }

    @Test
    void pick_tiesAreShared() {
        List<Worker> workers = Workers.withInFlight(0, 0, 0, 0, 0);
        Map<Worker, Integer> picks = new HashMap<>();
        BalancingPolicy policy = policy();
        for (int i = 0; i < 10_000; i++) {
            picks.merge(policy.pick(new Candidates(workers)), 1, Integer::sum);
        }
        assertThat(picks.values())
                .hasSize(5)
                .allSatisfy(count -> assertThat(count).isBetween(1_800, 2_200));
    }

    @Test
    void pick_closedLoopOfEqualWorkers_servesEvenly() {
        List<Worker> workers = Workers.withInFlight(0, 0, 0);
        Map<Worker, Integer> served = new HashMap<>();
        Deque<Lease> inFlight = new ArrayDeque<>();
        BalancingPolicy policy = policy();
        for (int i = 0; i < 30_000; i++) {
            if (inFlight.size() == 32) {
                inFlight.removeFirst().served(1);
            }
            Worker worker = policy.pick(new Candidates(workers));
            assertThat(worker).isNotNull();
            if (worker != null) {
                served.merge(worker, 1, Integer::sum);
                inFlight.addLast(worker.lease());
            }
        }
        List<Integer> counts = new ArrayList<>(served.values());
        counts.sort(Integer::compare);
        assertThat((double) counts.getLast() / counts.getFirst()).isLessThan(1.1);
    }
}
