package phifleet.worker.residence;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.worker.residence.HandRunLoads.LOAD;
import static phifleet.worker.residence.HandRunLoads.MB;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.common.CopyBounds;
import phifleet.common.CopyWishes;
import phifleet.worker.http.state.OnDemand;

/** Copies that gateways wish for, or find to be spare, beside requests. */
class WishedCopiesTest {
    private final HandRunLoads loads = new HandRunLoads();

    private void wish(List<String> kept, List<String> spare) {
        loads.models().wish(new CopyWishes(kept, spare));
    }

    /** Requests for one that serves. */
    private void requested(String id, long requests) {
        assertThat(loads.served.get(id))
                .isInstanceOfSatisfying(IdleModel.class, idle -> idle.started().addAndGet(requests));
    }

    /** One look at what is used and wished. */
    private void look() {
        if (loads.steps.isEmpty()) {
            loads.models().start();
        }
        loads.step();
        while (loads.steps.size() > 1) {
            loads.step();
        }
    }

    @Test
    void wish_whereThereIsRoom_isLoaded_andNobodyHasToAsk() {
        loads.model("one", MB, false);
        loads.models(4 * MB);
        wish(List.of("one", "of another worker"), List.of());
        look();
        assertThat(loads.done).containsExactly("load one");
        assertThat(loads.state("one")).isEqualTo("ready");
    }

    @Test
    void wish_thatIsNotSaidAgain_isForgotten() {
        loads.model("one", MB, false);
        loads.models(4 * MB);
        wish(List.of("one"), List.of());
        loads.pass(WishedCopies.MEMORY);
        look();
        assertThat(loads.done).isEmpty();
    }

    @Test
    void wish_thatWouldCostAModelInUse_isNotLoaded_butOneThatNobodyUsesGoes() {
        loads.model("used", MB, false);
        loads.model("copy", MB, false);
        loads.models(MB);
        loads.call("used");
        loads.step();
        requested("used", 5);
        look();
        loads.pass(LOAD.multipliedBy(4));
        wish(List.of("copy"), List.of());
        look();
        assertThat(loads.done).containsExactly("load used");
        assertThat(loads.state("copy")).as("nobody is told to wait for it here").isEqualTo("on_disk");
        loads.pass(Duration.ofMinutes(20));
        wish(List.of("copy"), List.of());
        look();
        assertThat(loads.done).containsExactly("load used", "dismiss used");
        loads.models().closed("used");
        assertThat(loads.done).endsWith("load copy");
    }

    @Test
    void copy_thatIsSpare_goesWhenNobodyUsesIt_unlessAnotherGatewayWishesIt() {
        loads.model("one", MB, false);
        loads.models(4 * MB);
        wish(List.of("one"), List.of());
        look();
        wish(List.of("one"), List.of("one"));
        loads.pass(WishedCopies.UNUSED.plusSeconds(1));
        look();
        assertThat(loads.done).containsExactly("load one");
        loads.pass(WishedCopies.MEMORY);
        requested("one", 1);
        wish(List.of(), List.of("one"));
        look();
        assertThat(loads.done).as("a request has just come").containsExactly("load one");
        loads.pass(WishedCopies.UNUSED.plusSeconds(1));
        wish(List.of(), List.of("one"));
        look();
        assertThat(loads.done).containsExactly("load one", "dismiss one");
    }

    @Test
    void copy_ofTheFewestThereMayBe_goesForNoOther_whileAGatewayWishesIt() {
        loads.model("kept", MB, false, new CopyBounds(1, 2));
        loads.model("other", MB, false);
        loads.models(MB);
        wish(List.of("kept"), List.of());
        look();
        loads.pass(LOAD.multipliedBy(4));
        wish(List.of("kept"), List.of());
        loads.call("other");
        look();
        assertThat(loads.done).containsExactly("load kept");
        assertThat(loads.call("other")).isInstanceOf(OnDemand.Call.Refused.class);
    }
}
