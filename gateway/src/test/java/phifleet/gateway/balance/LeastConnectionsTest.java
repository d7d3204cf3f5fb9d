package phifleet.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeastConnectionsTest extends BalancingPolicyContract {
    @Override
    BalancingPolicy policy(RandomGenerator random) {
        return new LeastConnections(random);
    }

    @Test
    void pick_takesTheLeastLoaded() {
        List<Worker> workers = Workers.withInFlight(3, 1, 2);

        assertThat(policy(new SplittableRandom(1)).pick(new Candidates(workers)))
                .isSameAs(workers.get(1));
    }

    @Test
    void pick_twoGatewaysWithOtherRandoms_doNotAgreeOnTheFirst() {
        List<Worker> workers = Workers.withInFlight(0, 0, 0, 0, 0, 0, 0, 0);
        Set<@Nullable Worker> firsts = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            firsts.add(policy(new SplittableRandom(seed)).pick(new Candidates(workers)));
        }
        assertThat(firsts).hasSize(8);
    }
}
