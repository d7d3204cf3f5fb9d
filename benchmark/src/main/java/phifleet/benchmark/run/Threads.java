package phifleet.benchmark.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a target uses the cores.
 *
 * @param workers calls of the model at once; 0 for the target's own choice
 * @param threads of each call; 0 likewise
 */
record Threads(int workers, int threads) {
    static final Threads OWN = new Threads(0, 0);

    /** All ways to divide the cores evenly, from a call a core to one call of all. */
    static List<Threads> candidates(int cores) {
        List<Threads> candidates = new ArrayList<>();
        for (int threads = 1; threads <= cores; threads++) {
            if (cores % threads == 0) {
                candidates.add(new Threads(cores / threads, threads));
            }
        }
        return candidates;
    }

    Map<String, String> environment() {
        return workers == 0
                ? Map.of()
                : Map.of("WORKERS", Integer.toString(workers), "THREADS", Integer.toString(threads));
    }

    @Override
    public String toString() {
        return workers == 0 ? "" : workers + "x" + threads;
    }
}
