package phifleet.worker.residence;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.worker.residence.HandRunLoads.LOAD;
import static phifleet.worker.residence.HandRunLoads.MB;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.model.ModelException;
import phifleet.worker.http.state.OnDemand;

/** Who waits for a load, what it may take, what goes for it, and what comes of one that fails. */
class DemandedModelsTest {
    private final HandRunLoads loads = new HandRunLoads();

    @Test
    void calls_untilItIsThere_waitForOneLoad() {
        loads.model("one", MB, false);
        loads.models(4 * MB);
        assertThat(loads.call("one")).isInstanceOfSatisfying(OnDemand.Call.Coming.class, coming -> {
            assertThat(coming.expected()).isEqualTo(LOAD);
            assertThat(coming.measured()).isTrue();
            assertThat(loads.call("one"))
                    .isInstanceOfSatisfying(
                            OnDemand.Call.Coming.class,
                            other -> assertThat(other.done()).isSameAs(coming.done()));
            assertThat(loads.state("one")).isEqualTo("loading");
            loads.run();
            assertThat(coming.done()).isCompleted();
        });
        assertThat(loads.done).containsExactly("load one");
        assertThat(loads.state("one")).isEqualTo("ready");
        assertThat(loads.models().call("unknown", loads.now())).isEmpty();
    }

    @Test
    void call_behindOthers_isToldOfTheirLoadsToo() {
        loads.model("one", MB, false);
        loads.model("two", MB, false);
        loads.models(4 * MB);
        loads.call("one");
        assertThat(loads.call("two"))
                .isInstanceOfSatisfying(
                        OnDemand.Call.Coming.class,
                        coming -> assertThat(coming.expected()).isEqualTo(LOAD.multipliedBy(2)));
    }

    @Test
    void load_withoutRoom_beginsWhenAnotherHasGoneAndIsClosed() {
        loads.model("one", MB, false);
        loads.model("two", MB, false);
        loads.models(MB);
        loads.call("one");
        loads.run();
        loads.call("two");
        loads.run();
        assertThat(loads.done)
                .as("it waits until the first has stayed thrice its load")
                .endsWith("dismiss one");
        assertThat(loads.now()).isGreaterThan(3 * LOAD.toNanos());
        assertThat(loads.state("one")).isEqualTo("draining");
        loads.call("one");
        loads.run();
        assertThat(loads.done).as("nothing loads before it is closed").endsWith("dismiss one");
        loads.models().closed("one");
        loads.run();
        assertThat(loads.done).startsWith("load one", "dismiss one", "load two");
        assertThat(loads.models().memory().usedBytes()).isLessThanOrEqualTo(MB);
    }

    @Test
    void load_besidePinnedOnes_isRefused_andNoneGoes() {
        loads.model("pinned", MB, true);
        loads.model("other", MB, false);
        loads.models(MB + MB / 2);
        loads.call("pinned");
        loads.run();
        loads.call("other");
        loads.run();
        assertThat(loads.done).containsExactly("load pinned");
        assertThat(loads.call("other")).isInstanceOfSatisfying(OnDemand.Call.Refused.class, refused -> {
            assertThat(refused.problem().status()).isEqualTo(503);
            assertThat(refused.problem().code()).isEqualTo("model_no_memory");
        });
    }

    @Test
    void load_thatFails_isTriedAgainAfterAPause_whichGrows() {
        loads.model("gated", MB, false);
        loads.models(4 * MB);
        Duration before = Duration.ZERO;
        for (int i = 0; i < 3; i++) {
            loads.faults.put("gated", new ModelException("no", new HubException(HubException.Reason.GATED, "terms")));
            loads.call("gated");
            loads.run();
            OnDemand.Call refused = loads.call("gated");
            assertThat(refused).isInstanceOf(OnDemand.Call.Refused.class);
            assertThat(((OnDemand.Call.Refused) refused).problem().code()).isEqualTo("model_gated");
            Duration pause = Optional.ofNullable(
                            ((OnDemand.Call.Refused) refused).problem().retryAfter())
                    .orElseThrow();
            assertThat(pause).isGreaterThan(before);
            before = pause;
            loads.pass(pause);
        }
        loads.call("gated");
        loads.run();
        assertThat(loads.done).hasSize(4);
        assertThat(loads.state("gated")).isEqualTo("ready");
    }

    @Test
    void memory_thatEndsAllTheSame_takesOneAway_andOnlyOnce() {
        loads.model("one", MB, false);
        loads.model("two", MB, false);
        loads.models(8 * MB);
        loads.call("one");
        loads.run();
        loads.pass(LOAD.multipliedBy(4));
        loads.faults.put("two", new ModelException("two: out of memory"));
        loads.call("two");
        loads.run();
        assertThat(loads.done).containsExactly("load one", "load two", "dismiss one");
        loads.faults.put("two", new ModelException("two: out of memory"));
        loads.models().closed("one");
        loads.run();
        assertThat(loads.done).containsExactly("load one", "load two", "dismiss one", "load two");
        assertThat(loads.call("two")).isInstanceOf(OnDemand.Call.Refused.class);
    }

    @Test
    void load_thatTookMoreThanReserved_makesAnotherGo() {
        loads.model("one", MB, false);
        loads.model("two", MB, false);
        loads.models(2 * MB);
        loads.call("one");
        loads.run();
        loads.pass(LOAD.multipliedBy(4));
        loads.history.loaded("two", "graph fp32", MB, MB, LOAD);
        loads.call("two");
        loads.step();
        assertThat(loads.models().memory().usedBytes()).isEqualTo(2 * MB);
        loads.history.loaded("two", "graph fp32", MB, 2 * MB, LOAD);
        loads.models().loaded(new IdleModel("two"), LOAD);
        loads.models().start();
        loads.step();
        assertThat(loads.done).contains("dismiss one");
    }

    @Test
    void load_thatNobodyWaitsForAnyMore_isNotMade() {
        loads.model("one", MB, false);
        loads.models(4 * MB);
        loads.call("one");
        loads.pass(Duration.ofMinutes(2));
        loads.run();
        assertThat(loads.done).isEmpty();
        assertThat(loads.state("one")).isEqualTo("on_disk");
    }

    @Test
    void model_thatAnOperatorUnloads_isNotBroughtBackByARequest() {
        loads.model("one", MB, false);
        loads.models(4 * MB);
        loads.call("one");
        loads.models().switchedOff("one");
        loads.run();
        assertThat(loads.done).isEmpty();
        assertThat(loads.models().call("one", loads.now())).isEmpty();
    }

    @Test
    void load_inTwoForms_hasMemoryForBoth_untilOneIsLeft() {
        loads.mappedFirst("one");
        loads.models(4 * MB);
        loads.call("one");
        loads.run();
        assertThat(loads.done).containsExactly("load twice one", "settle one");
        assertThat(loads.models().memory().usedBytes()).isEqualTo(2 * MB);
        loads.settled("one");
        assertThat(loads.models().memory().usedBytes()).isEqualTo(MB);
    }

    @Test
    void load_whereThereIsRoomForOneFormAlone_isMadeInThatOne() {
        loads.mappedFirst("one");
        loads.models(MB + MB / 2);
        loads.call("one");
        loads.run();
        assertThat(loads.done).startsWith("load one");
        assertThat(loads.state("one")).isEqualTo("ready");
        assertThat(loads.models().memory().usedBytes()).isEqualTo(MB);
    }
}
