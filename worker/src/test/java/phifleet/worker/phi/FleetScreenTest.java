package phifleet.worker.phi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A fleet at a terminal, as it comes and goes. */
class FleetScreenTest {
    private static final List<String> TWO = List.of("WORKER", "w1 ready", "w2 ready", "gateway g: 2 ready of 2");

    private final List<List<String>> shown = new ArrayList<>();

    /** Ends as Ctrl-C does once all answers were given. */
    private void watch(int height, FleetScreen.Fleet... answers) {
        List<FleetScreen.Fleet> left = new ArrayList<>(List.of(answers));
        FleetScreen watch = new FleetScreen(
                () -> left.removeFirst().lines(),
                shown::add,
                () -> {
                    if (left.isEmpty()) {
                        throw new InterruptedException();
                    }
                },
                height);
        assertThatThrownBy(watch::run).isInstanceOf(InterruptedException.class);
    }

    @Test
    void gateway_thatGoesAndComesBack_isWaitedFor_withWhatWasKnown() {
        watch(
                0,
                () -> TWO,
                () -> {
                    throw new FleetClient.Refusal("http://g does not answer:\nConnection refused");
                },
                () -> TWO);

        assertThat(shown)
                .containsExactly(
                        TWO,
                        Stream.concat(
                                        TWO.stream(),
                                        Stream.of(
                                                "as it was: http://g does not answer: Connection refused; trying again"))
                                .toList(),
                        TWO);
    }

    @Test
    void nobody_thatEverAnswered_isRefusedAtOnce() {
        FleetScreen watch = new FleetScreen(
                () -> {
                    throw new FleetClient.Refusal("http://g does not answer");
                },
                shown::add,
                () -> {},
                0);

        assertThatThrownBy(watch::run).isInstanceOf(FleetClient.Refusal.class);
        assertThat(shown).isEmpty();
    }

    @Test
    void moreWorkersThanLines_areCounted_andTheGatewayIsSeen() {
        List<String> many = Stream.of(
                        Stream.of("WORKER"), IntStream.range(0, 200).mapToObj(i -> "w" + i), Stream.of("gateway g"))
                .flatMap(lines -> lines)
                .toList();
        watch(24, () -> many, () -> TWO);

        assertThat(shown.getFirst())
                .hasSize(23)
                .startsWith("WORKER", "w0")
                .endsWith("w19", "and 180 more, which --once lists", "gateway g");
        assertThat(shown.getLast()).isEqualTo(TWO);
    }
}
