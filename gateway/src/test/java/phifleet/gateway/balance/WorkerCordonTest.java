package phifleet.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.common.WorkerCard.HeldModel;

/** Workers that operators keep new requests from. */
class WorkerCordonTest extends DirectoryTest {
    @Test
    void cordon_isPassedOver_andKeepsItsPlace() {
        ready(ONE, TWO);
        assertThat(directory.cordon(worker("one"), false)).isEqualTo(new Cordoning.Done());

        assertThat(worker("one").state()).isEqualTo(WorkerState.CORDONED);
        assertThat(worker("one").reason()).isEqualTo("kept from new requests by an operator");
        assertThat(eligible()).containsExactly("two");
        assertThat(directory.expectedWorkers()).isEqualTo(2);
        directory.probed(worker("one"), Probe.READY);
        assertThat(eligible()).as("that it answers changes nothing").containsExactly("two");

        directory.cordoned(worker("one"), false, clock.get());
        assertThat(eligible()).containsExactly("one", "two");
    }

    @Test
    void cordon_ofTheLast_isRefused_unlessForced() {
        ready(ONE, TWO);
        assertThat(directory.cordon(worker("one"), false)).isEqualTo(new Cordoning.Done());
        assertThat(directory.cordon(worker("two"), false)).isEqualTo(new Cordoning.LastWorker());
        assertThat(eligible()).containsExactly("two");
        assertThat(directory.cordon(worker("one"), false)).as("again").isEqualTo(new Cordoning.Done());

        assertThat(directory.cordon(worker("two"), true)).isEqualTo(new Cordoning.Done());
        assertThat(eligible()).as("not even where nobody else is there").isEmpty();
    }

    @Test
    void cordon_ofTheLastHolder_isRefused_unlessAnotherHoldsOrLoadsTheModels() {
        ready(
                Workers.card("one", new HeldModel("both", "detector"), new HeldModel("mine", "detector")),
                Workers.card("two", new HeldModel("both", "detector")),
                Workers.card("three", new HeldModel("theirs", "detector")));
        assertThat(directory.cordon(worker("one"), false)).isEqualTo(new Cordoning.LastHolder(List.of("mine")));
        assertThat(worker("one").state()).isEqualTo(WorkerState.READY);

        directory.holds(
                worker("two"),
                List.of(new HeldModel("both", "detector")),
                List.of(new LoadableModel("mine", "mine", "detector", LoadableModel.Nearness.ROOM)));
        assertThat(directory.cordon(worker("one"), false)).isEqualTo(new Cordoning.Done());
        assertThat(directory.cordon(worker("two"), false))
                .as("one that is cordoned answers for nothing")
                .isEqualTo(new Cordoning.LastHolder(List.of("both")));
        assertThat(directory.cordon(worker("two"), true)).isEqualTo(new Cordoning.Done());
    }

    @Test
    void cordon_besideOneThatMayHoldAnything_isDone() {
        ready(Workers.card("one", new HeldModel("mine", "detector")), TWO);
        directory.cordon(worker("one"), false);
        assertThat(worker("one").state()).isEqualTo(WorkerState.CORDONED);
    }

    @Test
    void cordon_failsBesides_isNoLastResort() {
        ready(ONE, TWO);
        directory.cordon(worker("one"), false);
        worker("two").lease().failed(Failure.CONNECT);

        assertThat(directory.snapshot().panic()).isTrue();
        assertThat(eligible()).containsExactly("two");
    }

    @Test
    void cordoned_wordOfBefore_isNoNews() {
        ready(ONE, TWO);
        long askedBefore = clock.get();
        clock.addAndGet(1);
        directory.cordon(worker("one"), false);
        directory.cordoned(worker("one"), false, askedBefore);
        assertThat(eligible()).containsExactly("two");

        directory.cordoned(worker("one"), false, clock.get());
        assertThat(eligible()).containsExactly("one", "two");
    }

    @Test
    void cordoned_knownWithTheFirstProbe_isNeverReady_andMissedWhereItVanishes() {
        directory.members(List.of(ONE));
        List<WorkerState> states = new ArrayList<>();
        directory.listen(new DirectoryListener() {
            @Override
            public void changed(FleetSnapshot snapshot) {
                states.add(snapshot.workers().getFirst().state());
            }
        });
        directory.cordoned(worker("one"), true, clock.get());
        directory.probed(worker("one"), Probe.READY);
        assertThat(states).contains(WorkerState.CORDONED).doesNotContain(WorkerState.READY);
        assertThat(directory.expectedWorkers()).isEqualTo(1);

        directory.probed(worker("one"), Probe.ABSENT);
        directory.members(List.of());
        assertThat(directory.vanishedWorkers()).isEqualTo(1);
    }
}
