package phifleet.worker.residence;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.worker.residence.HandRunLoads.MB;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.model.ModelException;
import phifleet.worker.http.state.OnDemand;

/** Models on demand whose files have yet to come. */
class DemandedDownloadsTest {
    private final HandRunLoads loads = new HandRunLoads();

    @Test
    void download_holdsUpNoLoad_andOthersComeBesideIt() {
        loads.remote("far");
        loads.remote("further");
        loads.model("near", MB, false);
        loads.models(8 * MB);
        assertThat(loads.state("far")).isEqualTo("absent");
        loads.call("far");
        loads.call("further");
        loads.call("near");
        loads.run();
        assertThat(loads.done).containsExactly("fetch far", "fetch further", "load near");
        assertThat(loads.state("far")).isEqualTo("downloading");
        loads.came("further", null);
        assertThat(loads.done).endsWith("load further");
        loads.came("far", null);
        assertThat(loads.done).endsWith("load far");
        assertThat(loads.state("far")).isEqualTo("ready");
    }

    @Test
    void download_thatOutlastsThoseWhoWaited_leavesTheModelOnDisk_andTheNextHasItLoaded() {
        loads.remote("far");
        loads.models(8 * MB);
        loads.call("far");
        loads.run();
        loads.pass(Duration.ofMinutes(5));
        loads.came("far", null);
        assertThat(loads.state("far")).isEqualTo("on_disk");
        loads.call("far");
        loads.run();
        assertThat(loads.done).containsExactly("fetch far", "load far");
    }

    @Test
    void download_thatFails_isToldToWhoWaits_andIsNotTriedAgainAtOnce() {
        loads.remote("far");
        loads.models(8 * MB);
        OnDemand.Call first = loads.call("far");
        loads.run();
        loads.came("far", new ModelException("no", new HubException(HubException.Reason.NO_NETWORK, "nobody answers")));
        assertThat(first)
                .isInstanceOfSatisfying(
                        OnDemand.Call.Coming.class,
                        coming -> assertThat(coming.done()).isCompleted());
        assertThat(loads.state("far")).isEqualTo("absent");
        assertThat(loads.call("far")).isInstanceOf(OnDemand.Call.Refused.class);
    }
}
