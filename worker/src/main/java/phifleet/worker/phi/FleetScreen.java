package phifleet.worker.phi;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A fleet shown again and again, as top shows processes, until the thread is interrupted. Where nobody answers for a while what was known last
 * stays, with the reason below it.
 */
final class FleetScreen {
    private final Fleet fleet;
    private final Consumer<List<String>> screen;
    private final Pause pause;
    private final int height;

    /** What is asked. */
    interface Fleet {
        /** The head, a line a worker, and one at the end. */
        List<String> lines() throws FleetClient.Refusal, InterruptedException;
    }

    /** What lies between two looks. */
    interface Pause {
        void pass() throws InterruptedException;
    }

    /** @param height lines that the screen has room for; 0 where that is not known */
    FleetScreen(Fleet fleet, Consumer<List<String>> screen, Pause pause, int height) {
        this.fleet = fleet;
        this.screen = screen;
        this.pause = pause;
        this.height = height;
    }

    /** @throws FleetClient.Refusal where the first answer is one: nothing was there that could come back */
    void run() throws FleetClient.Refusal, InterruptedException {
        List<String> known = fleet.lines();
        screen.accept(fitted(known, List.of()));
        while (true) {
            pause.pass();
            try {
                known = fleet.lines();
                screen.accept(fitted(known, List.of()));
            } catch (FleetClient.Refusal refusal) {
                screen.accept(fitted(
                        known,
                        List.of("as it was: "
                                + String.valueOf(refusal.getMessage()).replaceAll("\\s+", " ") + "; trying again")));
            }
        }
    }

    /** As many workers as there is room for; the last line and what stands below are seen always. */
    private List<String> fitted(List<String> lines, List<String> below) {
        List<String> shown = new ArrayList<>(lines);
        // One stays free, for the caret.
        int room = height - 1 - below.size();
        if (height > 0 && lines.size() > room) {
            int workers = Math.max(1, room - 3);
            shown = new ArrayList<>(lines.subList(0, 1 + workers));
            shown.add("and " + (lines.size() - 2 - workers) + " more, which --once lists");
            shown.add(lines.getLast());
        }
        shown.addAll(below);
        return shown;
    }
}
