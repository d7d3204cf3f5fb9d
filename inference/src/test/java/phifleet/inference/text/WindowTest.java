package phifleet.inference.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowTest {

    @Test
    void over_whatFits_isOneWindow() {
        assertThat(Window.over(0, at -> 1, 5, 5, 2)).containsExactly(new Window(0, 0, 0, 0));
        assertThat(Window.over(5, at -> 1, 5, 5, 2)).containsExactly(new Window(0, 5, 0, 5));
    }

    @Test
    void over_more_eachAnswersForItsHalfOfTheOverlap() {
        assertThat(Window.over(10, at -> 1, 6, 6, 2)).containsExactly(new Window(0, 6, 0, 5), new Window(4, 10, 5, 10));
    }

    @Test
    void over_anySizes_coverEachUnitOnceAndKeepTheRoom() {
        Random random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            int[] sizes = random.ints(random.nextInt(60), 0, 9).toArray();
            int room = 1 + random.nextInt(12);
            int most = 1 + random.nextInt(10);
            List<Window> windows = Window.over(sizes.length, at -> sizes[at], room, most, random.nextInt(8));
            int owned = 0;
            int taken = 0;
            for (Window window : windows) {
                int filled = 0;
                for (int i = window.from(); i < window.to(); i++) {
                    filled += Math.min(room, sizes[i]);
                }
                assertThat(filled).isLessThanOrEqualTo(room);
                assertThat(window.to() - window.from()).isLessThanOrEqualTo(most);
                assertThat(window.ownFrom()).isEqualTo(owned).isGreaterThanOrEqualTo(window.from());
                assertThat(window.ownTo()).isBetween(owned, window.to());
                owned = window.ownTo();
                taken += window.to() - window.from();
            }
            assertThat(owned).isEqualTo(sizes.length);
            assertThat(taken).isLessThanOrEqualTo(2 * sizes.length);
        }
    }
}
