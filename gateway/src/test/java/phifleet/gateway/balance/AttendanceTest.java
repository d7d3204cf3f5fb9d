package phifleet.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** How many workers a fleet expects, and how many went without a word. */
class AttendanceTest extends DirectoryTest {
    @Test
    void members_oneVanishes_isCountedAndStillExpected() {
        ready(ONE, TWO);
        Worker one = worker("one");

        directory.members(List.of(TWO));
        directory.probed(one, Probe.ABSENT);

        assertThat(directory.vanishedWorkers()).isEqualTo(1);
        assertThat(directory.expectedWorkers()).isEqualTo(2);
        pass(DirectorySettings.DEFAULT.showGone().plusSeconds(1));
        assertThat(directory.expectedWorkers()).isEqualTo(2);
    }

    @Test
    void members_oneStillAnswersAfterItLeft_isExpectedNoMore() {
        ready(ONE, TWO);
        Worker one = worker("one");

        directory.members(List.of(TWO));
        directory.probed(one, Probe.REFUSING);
        directory.probed(one, Probe.ABSENT);

        assertThat(directory.vanishedWorkers()).isZero();
        assertThat(directory.expectedWorkers()).isEqualTo(1);
    }

    @Test
    void members_oneDiesWhileItsAnswerIsUnderway_isCountedAsVanished() {
        ready(ONE, TWO);
        Worker one = worker("one");
        long askedAt = clock.get();

        pass(Duration.ofMillis(1));
        directory.members(List.of(TWO));
        directory.probed(one, Probe.READY, askedAt);
        directory.probed(one, Probe.ABSENT);

        assertThat(directory.vanishedWorkers()).isEqualTo(1);
        assertThat(directory.expectedWorkers()).isEqualTo(2);
    }

    @Test
    void members_oneThatSaidItStopsIsLostBeforeItLeaves_isNoAlarm() {
        ready(ONE, TWO);
        Worker one = worker("one");

        directory.probed(one, Probe.REFUSING);
        directory.probed(one, Probe.ABSENT);
        directory.members(List.of(TWO));

        assertThat(directory.vanishedWorkers()).isZero();
        assertThat(directory.expectedWorkers()).isEqualTo(1);
    }

    @Test
    void members_cutOffAndBack_isWholeAgain() {
        ready(ONE, TWO);
        Worker one = worker("one");

        directory.members(List.of(TWO));
        directory.probed(one, Probe.SILENT);
        directory.probed(one, Probe.SILENT);
        assertThat(directory.vanishedWorkers()).isEqualTo(1);
        directory.members(List.of(ONE, TWO));
        directory.probed(one, Probe.READY);

        assertThat(eligible()).containsExactly("one", "two");
        assertThat(directory.expectedWorkers()).isEqualTo(2);
        directory.members(List.of(TWO));
        directory.probed(one, Probe.ABSENT);
        assertThat(directory.vanishedWorkers()).isEqualTo(2);
    }

    @Test
    void members_provenOneVanishes_isCounted() {
        WorkerDirectory proving = new WorkerDirectory(DirectorySettings.DEFAULT, clock::get, true);
        proving.members(List.of(ONE));
        Worker one = proving.snapshot().workers().getFirst();
        proving.probed(one, Probe.UNPROVEN);
        assertThat(proving.expectedWorkers()).isZero();
        proving.probed(one, Probe.READY);
        assertThat(proving.expectedWorkers()).isEqualTo(1);

        proving.probed(one, Probe.ABSENT);
        proving.members(List.of());

        assertThat(proving.vanishedWorkers()).isEqualTo(1);
        assertThat(proving.expectedWorkers()).isEqualTo(1);
    }

    private static WorkerDirectory expecting(int least, LongSupplier clock) {
        DirectorySettings usual = DirectorySettings.DEFAULT;
        return new WorkerDirectory(
                new DirectorySettings(
                        usual.ejection(),
                        usual.maxInFlight(),
                        usual.deadAfter(),
                        usual.keepLast(),
                        usual.showGone(),
                        least),
                clock);
    }

    @Test
    void service_wantsMoreThanThereEverWere_theyAreExpectedForAsLongAsItIsSaid() {
        ready(ONE);
        assertThat(directory.serviceReplicas()).isEmpty();

        directory.serviceWants(3);
        assertThat(directory.expectedWorkers()).isEqualTo(3);
        assertThat(directory.serviceReplicas()).hasValue(3);

        pass(Attendance.WORD_HOLDS.minusMillis(1));
        assertThat(directory.expectedWorkers()).isEqualTo(3);
        pass(Duration.ofMillis(1));
        assertThat(directory.expectedWorkers()).isEqualTo(1);
        assertThat(directory.serviceReplicas()).isEmpty();
    }

    /** Whether those that go say so or not: nobody wants them back. */
    @Test
    void service_isScaledDown_nobodyIsMissed_norOnceTheScalerIsSilent() {
        ready(ONE, TWO);
        directory.serviceWants(2);
        Worker two = worker("two");
        directory.members(List.of(ONE));
        directory.probed(two, Probe.ABSENT);
        assertThat(directory.vanishedWorkers()).isEqualTo(1);
        assertThat(directory.expectedWorkers()).isEqualTo(2);

        directory.serviceWants(1);
        assertThat(directory.expectedWorkers()).isEqualTo(1);
        pass(Attendance.WORD_HOLDS);
        assertThat(directory.expectedWorkers()).isEqualTo(1);
    }

    /** The number goes down before the workers do: those that are still there are remembered until they leave. */
    @Test
    void service_isScaledDown_thoseThatAreThereLeaveInTheirOwnTime() {
        ready(ONE, TWO);
        directory.serviceWants(1);
        assertThat(directory.expectedWorkers()).isEqualTo(1);

        Worker two = worker("two");
        for (long second = 0; second < Attendance.WORD_HOLDS.toSeconds(); second++) {
            pass(Duration.ofSeconds(1));
            directory.probed(worker("one"), Probe.READY);
            directory.probed(two, Probe.READY);
        }
        assertThat(directory.expectedWorkers()).isEqualTo(2);
        directory.probed(two, Probe.REFUSING);
        directory.members(List.of(ONE));
        directory.probed(two, Probe.ABSENT);
        assertThat(directory.expectedWorkers()).isEqualTo(1);
    }

    /** A fleet that sleeps wants none, and an operator may want some all the same. */
    @Test
    void service_wantsFewerThanAnOperatorSet_theOperatorsNumberStands() {
        WorkerDirectory two = expecting(2, clock::get);
        two.serviceWants(0);
        assertThat(two.expectedWorkers()).isEqualTo(2);
        two.serviceWants(5);
        assertThat(two.expectedWorkers()).isEqualTo(5);
        pass(Attendance.WORD_HOLDS);
        assertThat(two.expectedWorkers()).isEqualTo(2);

        directory.serviceWants(0);
        assertThat(directory.expectedWorkers()).isZero();
    }

    @Test
    void expected_isNeverLessThanWasSaid() {
        WorkerDirectory three = expecting(3, clock::get);
        three.members(List.of(ONE));
        Worker one = three.find("one").orElseThrow();
        three.probed(one, Probe.READY);
        assertThat(three.expectedWorkers()).isEqualTo(3);

        three.members(List.of());
        three.probed(one, Probe.REFUSING);
        three.probed(one, Probe.ABSENT);
        assertThat(three.expectedWorkers()).isEqualTo(3);
    }
}
