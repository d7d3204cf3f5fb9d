package phifleet.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts of thousands of tokens beside short ones, counted on a device in simulated time: 30 tokens take 3 ms, 8,192 take 4 s. */
class LongTextTest {
    private static final double NANOS_PER_UNIT = 100_000;
    private static final int SHORT = 30;
    private static final int LONG = 8192;
    private static final long SECOND = 1_000_000_000L;
    private static final long END = 120 * SECOND;

    @Test
    void shortTexts_besideLongOnesOneAfterAnother_keepTheirTail() {
        double alone = run(0, 8).shortOnes.quantile(0.99);
        assertThat(run(1, 8).shortOnes.quantile(0.99)).isLessThan(3 * alone);
    }

    @Test
    void shortTexts_besideManyLongOnesAtOnce_keepALoop() {
        double alone = run(0, 8).shortOnes.quantile(0.99);
        Scene scene = run(5, 8);
        assertThat(scene.shortOnes.quantile(0.99)).isLessThan(3 * alone);
        assertThat(scene.shortOnes.quantile(1)).isLessThan(3 * alone);
        // And the other loop is theirs: of the 28 that fit in the time none is lost.
        assertThat(scene.longOnes.seconds.size()).isBetween(26, 29);
    }

    @Test
    void shortTexts_thatComeWhenAllLoopsAreHeld_haveTheNextThatIsFree() {
        Scene scene = new Scene();
        scene.clients(5, LONG, scene.longOnes, END);
        scene.clients(8, SHORT, scene.shortOnes, END);
        scene.device.run(END);
        assertThat(scene.shortOnes.quantile(1)).isLessThan(4.5);
        assertThat(scene.shortOnes.quantile(0.99)).isLessThan(0.1);
    }

    @Test
    void longTexts_withNothingBeside_haveAllLoops() {
        assertThat(run(5, 0).longOnes.seconds.size()).isBetween(54, 58);
    }

    @Test
    void longTexts_onceTheShortOnesAreOver_haveAllLoopsAgain() {
        Scene scene = new Scene();
        scene.clients(5, LONG, scene.longOnes, END);
        scene.clients(8, SHORT, scene.shortOnes, 10 * SECOND);
        scene.device.run(END);
        assertThat(scene.longOnes.seconds.size()).isGreaterThan(50);
    }

    private static Scene run(int longClients, int shortClients) {
        Scene scene = new Scene();
        scene.clients(shortClients, SHORT, scene.shortOnes, END);
        scene.clients(longClients, LONG, scene.longOnes, END);
        scene.device.run(END);
        return scene;
    }

    private static final class Scene {
        private final SimulatedDevice device = new SimulatedDevice(new Random(11), 2, NANOS_PER_UNIT, false);
        private final Lane<Integer, Integer> lane = device.lane(Duration.ofHours(1), 1, NANOS_PER_UNIT);
        private final SimulatedDevice.Tally longOnes = device.tally();
        private final SimulatedDevice.Tally shortOnes = device.tally();

        /** Each sends its next text once it has the answer to the last. */
        void clients(int count, int units, SimulatedDevice.Tally tally, long until) {
            for (int i = 0; i < count; i++) {
                device.at(1, () -> send(units, tally, until));
            }
        }

        private void send(int units, SimulatedDevice.Tally tally, long until) {
            if (device.now() < until) {
                tally.submit(
                        lane, List.of(units), Priority.INTERACTIVE, Long.MAX_VALUE, () -> send(units, tally, until));
            }
        }
    }
}
