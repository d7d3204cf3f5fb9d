package phifleet.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phifleet.common.WorkerCard;
import phifleet.common.WorkerCard.HeldModel;

class WorkerDirectoryTest extends DirectoryTest {
    private final List<String> dead = new ArrayList<>();

    @BeforeEach
    void listen() {
        directory.listen(new DirectoryListener() {
            @Override
            public void dead(Worker worker) {
                dead.add(worker.card().id());
            }
        });
    }

    @Test
    void members_newOne_joinsAndIsReadyOnceItAnswers() {
        ready(ONE);
        directory.members(List.of(ONE, TWO));
        assertThat(worker("two").state()).isEqualTo(WorkerState.JOINING);
        assertThat(eligible()).containsExactly("one");

        directory.probed(worker("two"), Probe.READY);
        assertThat(eligible()).containsExactly("one", "two");
    }

    @Test
    void members_goneAndBack_keepsTheCounts() {
        ready(ONE, TWO);
        Worker before = worker("one");
        Lease lease = before.lease();

        directory.members(List.of(TWO));
        assertThat(before.state()).isEqualTo(WorkerState.DRAINING);
        directory.members(List.of(ONE, TWO));

        assertThat(worker("one")).isSameAs(before);
        assertThat(before.inFlight()).isEqualTo(1);
        lease.served(1);
        assertThat(before.inFlight()).isZero();
    }

    @Test
    void find_ofAWorkerThatCameBackWithAnotherCard_isTheOneThatIsHere() {
        ready(ONE, TWO);
        WorkerCard again = Workers.card("one", new HeldModel("new", "sentence-encoder"));
        directory.members(List.of(again, TWO));

        assertThat(worker("one").card()).isEqualTo(again);
        directory.members(List.of(ONE, TWO));
        assertThat(worker("one").card()).isEqualTo(ONE);
    }

    @Test
    void tally_workerIsForgotten_doesNotFall() {
        ready(ONE, TWO);
        Worker one = worker("one");
        one.lease().served(1);
        one.lease().failed(Failure.CUT_OFF);
        worker("two").lease().served(1);

        directory.members(List.of(TWO));
        directory.probed(one, Probe.ABSENT);
        pass(DirectorySettings.DEFAULT.showGone().plusSeconds(1));

        assertThat(directory.find("one")).isEmpty();
        assertThat(directory.tally().served()).isEqualTo(2);
        assertThat(directory.tally().failed()).isEqualTo(1);
    }

    @Test
    void failed_refusedConnection_ejectsAtOnceAndForASecond() {
        ready(ONE, TWO);
        worker("one").lease().failed(Failure.CONNECT);
        assertThat(eligible()).containsExactly("two");

        pass(Duration.ofMillis(1_001));
        assertThat(eligible()).containsExactly("one", "two");
    }

    @Test
    void failed_againAndAgain_ejectsForLonger() {
        ready(ONE, TWO);
        worker("one").lease().failed(Failure.CONNECT);
        pass(Duration.ofMillis(1_001));
        worker("one").lease().failed(Failure.CONNECT);
        pass(Duration.ofMillis(1_500));
        assertThat(eligible()).containsExactly("two");
        pass(Duration.ofMillis(600));
        assertThat(eligible()).containsExactly("one", "two");
    }

    @Test
    void failed_fiveServerErrorsInARow_ejectsButNotMoreThanHalf() {
        ready(ONE, TWO);
        for (int i = 0; i < 5; i++) {
            worker("one").lease().failed(Failure.SERVER_ERROR);
            worker("two").lease().failed(Failure.SERVER_ERROR);
        }
        assertThat(eligible()).hasSize(1);
    }

    @Test
    void failed_successBetween_startsCountingAnew() {
        ready(ONE, TWO);
        for (int i = 0; i < 20; i++) {
            worker("one").lease().failed(i % 4 == 3 ? Failure.TIMEOUT : Failure.SERVER_ERROR);
            if (i % 4 == 3) {
                worker("one").lease().served(1);
            }
        }
        assertThat(eligible()).containsExactly("one", "two");
    }

    @Test
    void allEjected_panics_andTriesThemAll() {
        ready(ONE, TWO);
        worker("one").lease().failed(Failure.CONNECT);
        worker("two").lease().failed(Failure.CONNECT);

        assertThat(directory.snapshot().panic()).isTrue();
        assertThat(eligible()).containsExactly("one", "two");
    }

    @Test
    void probed_silentTwice_isPassedOver_andDeadAfterAWhile() {
        ready(ONE, TWO);
        directory.probed(worker("one"), Probe.SILENT);
        assertThat(eligible()).containsExactly("one", "two");
        directory.probed(worker("one"), Probe.SILENT);
        assertThat(eligible()).containsExactly("two");
        assertThat(dead).isEmpty();

        pass(DirectorySettings.DEFAULT.deadAfter());
        assertThat(dead).containsExactly("one");
        pass(Duration.ofSeconds(5));
        assertThat(dead).containsExactly("one");

        directory.probed(worker("one"), Probe.READY);
        assertThat(eligible()).containsExactly("one", "two");
    }

    @Test
    void silence_countsFromTheLastAnswer_notFromTheLookThatWasMissed() {
        ready(ONE, TWO);
        pass(DirectorySettings.DEFAULT.deadAfter().minusSeconds(1));
        directory.probed(worker("one"), Probe.SILENT);
        directory.probed(worker("one"), Probe.SILENT);
        assertThat(dead).isEmpty();

        pass(Duration.ofSeconds(1));
        assertThat(dead).containsExactly("one");
    }

    @Test
    void silence_afterALongRest_isNoDeathAtTheFirstMissedLook() {
        ready(ONE, TWO);
        pass(DirectorySettings.DEFAULT.deadAfter().multipliedBy(10));
        directory.probed(worker("one"), Probe.SILENT);
        pass(Duration.ofMillis(20));
        assertThat(dead).isEmpty();
        assertThat(eligible()).containsExactly("one", "two");
    }

    @Test
    void failed_cutOff_isDoubted_andOneLookEjects() {
        ready(ONE, TWO);
        List<Worker> doubted = new ArrayList<>();
        directory.listen(new DirectoryListener() {
            @Override
            public void doubted(Worker worker) {
                doubted.add(worker);
            }
        });
        worker("one").lease().failed(Failure.CUT_OFF);
        assertThat(doubted).containsExactly(worker("one"));
        assertThat(eligible()).containsExactly("one", "two");

        directory.probed(worker("one"), Probe.ABSENT);
        assertThat(eligible()).containsExactly("two");
    }

    @Test
    void departed_thatIsSilent_isDeadAtOnce() {
        ready(ONE, TWO);
        directory.probed(worker("one"), Probe.SILENT);
        directory.probed(worker("one"), Probe.SILENT);
        directory.members(List.of(TWO));

        assertThat(worker("one").state()).isEqualTo(WorkerState.GONE);
        assertThat(dead).containsExactly("one");
    }

    @Test
    void departed_thatAnswers_drains() {
        ready(ONE, TWO);
        directory.members(List.of(TWO));
        directory.probed(worker("one"), Probe.REFUSING);

        assertThat(worker("one").state()).isEqualTo(WorkerState.DRAINING);
        assertThat(eligible()).containsExactly("two");
        assertThat(dead).isEmpty();
        directory.probed(worker("one"), Probe.ABSENT);
        assertThat(worker("one").state()).isEqualTo(WorkerState.GONE);
    }

    @Test
    void gone_isShownForAWhileAndForgotten() {
        ready(ONE, TWO);
        directory.members(List.of(TWO));
        directory.probed(worker("one"), Probe.ABSENT);
        assertThat(directory.snapshot().workers()).hasSize(2);

        pass(DirectorySettings.DEFAULT.showGone());
        assertThat(directory.snapshot().workers()).hasSize(1);
    }

    @Test
    void allVanish_thoseThatStillSayReadyAreKeptForAWhile() {
        ready(ONE, TWO);
        directory.members(List.of());
        directory.probed(worker("one"), Probe.READY);
        directory.probed(worker("two"), Probe.REFUSING);
        assertThat(eligible()).containsExactly("one");

        pass(DirectorySettings.DEFAULT.keepLast());
        assertThat(eligible()).isEmpty();
    }

    @Test
    void twoHundredWorkers_churning_leaveNothingBehind() {
        List<WorkerCard> cards = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            cards.add(Workers.card("w" + i));
        }
        for (int round = 0; round < 50; round++) {
            directory.members(round % 2 == 0 ? cards : cards.subList(0, 100));
            directory
                    .snapshot()
                    .workers()
                    .forEach(worker -> directory.probed(
                            worker, worker.state() == WorkerState.DRAINING ? Probe.ABSENT : Probe.READY));
            clock.addAndGet(TimeUnit.SECONDS.toNanos(31));
            directory.tick();
        }
        assertThat(directory.snapshot().workers()).hasSize(100);
        assertThat(eligible()).hasSize(100);
    }
}
