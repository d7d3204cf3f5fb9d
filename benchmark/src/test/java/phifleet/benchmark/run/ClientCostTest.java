package phifleet.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientCostTest {
    @Test
    void limits_cheapClient_none() {
        assertThat(new ClientCost(0.02, 0.99, 0.5).limits(4)).isEmpty();
    }

    @Test
    void limits_eachOfThree_named() {
        assertThat(new ClientCost(0.5, 0.5, 5).limits(4))
                .containsExactly(
                        "the client took 50 % of the machine",
                        "the client's connections were idle 50 % of the time",
                        "the client started 1 % of requests at least 5.0 ms late");
    }

    @Test
    void limits_latenessSmallAgainstLatency_borne() {
        assertThat(new ClientCost(0, 1, 5).limits(100)).isEmpty();
    }
}
