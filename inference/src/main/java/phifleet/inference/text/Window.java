package phifleet.inference.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * A part of what is too long to be taken as a whole.
 *
 * @param from the first unit in it
 * @param to the one behind the last
 * @param ownFrom the first that it answers for
 * @param ownTo the one behind the last
 */
public record Window(int from, int to, int ownFrom, int ownTo) {

    /**
     * Cuts units into overlapping windows, each as large as it may be. Where two overlap, each answers for its half. Together they have
     * at most twice the units.
     *
     * @param units how many there are
     * @param size of a unit; one that is larger than the room counts as large as the room
     * @param room the most size of a window, 1 at least
     * @param most units of a window, 1 at least
     * @param overlap units that two windows share, where half of the first has as many
     * @return in order; one that is empty where there are no units
     */
    public static List<Window> over(int units, IntUnaryOperator size, int room, int most, int overlap) {
        List<Window> windows = new ArrayList<>();
        int from = 0;
        int ownFrom = 0;
        while (true) {
            int to = end(from, units, size, room, most);
            if (to == units) {
                windows.add(new Window(from, to, ownFrom, to));
                return windows;
            }
            int next = Math.max(from + 1, to - Math.min(overlap, (to - from) / 2));
            int middle = next + (to - next) / 2;
            windows.add(new Window(from, to, ownFrom, middle));
            from = next;
            ownFrom = middle;
        }
    }

    /** The same where it is all that is looked at. */
    public Window alone() {
        return new Window(from, to, ownFrom, to);
    }

    private static int end(int from, int units, IntUnaryOperator size, int room, int most) {
        int filled = 0;
        int to = from;
        while (to < units && to - from < most) {
            int next = Math.min(room, size.applyAsInt(to));
            if (filled + next > room) {
                break;
            }
            filled += next;
            to++;
        }
        return to;
    }
}
