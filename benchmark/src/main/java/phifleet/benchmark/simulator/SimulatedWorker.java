package phifleet.benchmark.simulator;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import phifleet.common.WorkerCard;

/** A worker that takes a batch whenever it is free, in order of arrival, and the time that the curve says. */
final class SimulatedWorker {
    /**
     * A lane promises an end as if long work and that of batch priority, of which none is simulated, had their shares of it: twelve of
     * seventeen are left.
     */
    private static final double PROMISED_SHARE = 12.0 / 17;

    private final VirtualTime time;
    private final CostCurve cost;
    private final double longestLine;
    private final WorkerCard card;
    private final double since;
    private final Deque<SimulatedRequest> line = new ArrayDeque<>();
    private int running;
    private double used;
    private boolean leaving;

    SimulatedWorker(VirtualTime time, Scene scene, int number) {
        this.time = time;
        this.cost = scene.cost();
        this.longestLine = scene.longestLine();
        this.since = time.seconds();
        URI url = URI.create(
                "http://10." + number / 62_500 + "." + number / 250 % 250 + "." + (number % 250 + 1) + ":8000");
        this.card = new WorkerCard("w" + number, url, List.of(), "simulated", "cpu");
    }

    WorkerCard card() {
        return card;
    }

    /** When it was there, in seconds. */
    double since() {
        return since;
    }

    double used() {
        return used;
    }

    /** Seconds of work in hand, if whole batches are made of it. */
    double load() {
        return (line.size() + running) * cost.price();
    }

    /** Requests that it has. */
    int inHand() {
        return line.size() + running;
    }

    /** Takes no more. */
    void leave() {
        leaving = true;
    }

    boolean isEmpty() {
        return line.isEmpty() && running == 0;
    }

    /** Whether it takes the request. */
    boolean take(SimulatedRequest request) {
        double own = load() + cost.price();
        if (leaving || own / PROMISED_SHARE > longestLine + cost.price()) {
            return false;
        }
        line.add(request);
        if (running == 0) {
            run();
        }
        return true;
    }

    private void run() {
        List<SimulatedRequest> batch = new ArrayList<>();
        while (!line.isEmpty() && batch.size() < cost.mostInBatch()) {
            batch.add(line.remove());
        }
        running = batch.size();
        if (running == 0) {
            return;
        }
        double seconds = cost.seconds(running);
        batch.forEach(request -> request.began().run());
        time.in(seconds, () -> {
            used += cost.price() * batch.size();
            long price = Math.round(cost.price() * VirtualTime.NANOS);
            running = 0;
            batch.forEach(request -> request.answered().accept(price));
            run();
        });
    }
}
