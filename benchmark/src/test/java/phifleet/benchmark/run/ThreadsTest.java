package phifleet.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadsTest {
    @Test
    void candidates_evenDivisionsOfTheCores() {
        assertThat(Threads.candidates(6)).extracting(Threads::toString).containsExactly("6x1", "3x2", "2x3", "1x6");
    }

    @Test
    void environment_itsOwnChoice_nothing() {
        assertThat(Threads.OWN.environment()).isEmpty();
        assertThat(new Threads(2, 1).environment())
                .containsEntry("WORKERS", "2")
                .containsEntry("THREADS", "1");
    }
}
