package phifleet.gateway.demand;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** Gateways and workers in virtual time: requests come at random, wait in line, are refused where the line is too long. */
final class VirtualFleet {
    static final RequestKind KIND = new RequestKind("m", "interactive");
    private static final long TICK_NANOS = 10_000_000;
    private static final int TICKS_A_DECISION = 25;

    final List<FleetDemand> gateways = new ArrayList<>();
    final List<Integer> sizes = new ArrayList<>();
    private final SplittableRandom random;
    private final PriorityQueue<Work> running = new PriorityQueue<>(Comparator.comparingLong(Work::ends));
    private final List<Server> servers = new ArrayList<>();
    private final double cost;
    private final double longestLine;
    private long now = 1;
    private long ticks;
    private int next;
    int refused;
    boolean follows;

    private record Work(OpenRequest counted, long ends, long nanos) {}

    private static final class Server {
        private long freeAt;
        private double used;
    }

    /**
     * Of one worker.
     *
     * @param cost seconds of a device that a request takes
     * @param longestLine seconds for which a request waits at most
     * @param seed of what is random
     */
    VirtualFleet(DemandSettings settings, int gateways, double cost, double longestLine, long seed) {
        this.random = new SplittableRandom(seed);
        this.cost = cost;
        this.longestLine = longestLine;
        servers.add(new Server());
        for (int i = 0; i < gateways; i++) {
            this.gateways.add(new FleetDemand(settings, new DemandMeter(), () -> now));
        }
    }

    int wanted() {
        return gateways.stream()
                .mapToInt(gateway -> gateway.latest().wanted())
                .max()
                .orElseThrow();
    }

    /**
     * Lets time pass.
     *
     * @param load seconds of devices that are asked a second, by the seconds since the call
     */
    void run(double seconds, DoubleUnaryOperator load) {
        for (long tick = 0; tick < seconds * 100; tick++) {
            now += TICK_NANOS;
            double mean = load.applyAsDouble(tick / 100.0) / cost / 100;
            for (int i = poisson(mean); i > 0; i--) {
                arrive();
            }
            while (!running.isEmpty() && running.peek().ends() <= now) {
                Work done = running.remove();
                done.counted().took(done.nanos());
                done.counted().end();
            }
            if (++ticks % TICKS_A_DECISION == 0) {
                decide();
            }
        }
    }

    private void decide() {
        List<WorkerWord> words = new ArrayList<>();
        for (Server server : servers) {
            double load = Math.max(0, server.freeAt - now) / 1e9;
            words.add(new WorkerWord(server, server.used - load, load, now));
        }
        gateways.forEach(gateway -> gateway.decide(words, servers.size()));
        int wanted = wanted();
        if (sizes.isEmpty() || sizes.getLast() != wanted) {
            sizes.add(wanted);
        }
        while (follows && servers.size() < wanted) {
            servers.add(new Server());
        }
        while (follows && servers.size() > wanted) {
            servers.removeLast();
        }
    }

    private void arrive() {
        OpenRequest counted = gateways.get(next++ % gateways.size()).meter().arrived(KIND);
        Server server = servers.stream()
                .min(Comparator.comparingLong(one -> one.freeAt))
                .orElse(null);
        if (server == null) {
            counted.waits(true);
            return;
        }
        long begins = Math.max(now, server.freeAt);
        if (begins - now > longestLine * 1e9) {
            refused++;
            counted.end();
            return;
        }
        long nanos = (long) (cost * 1e9);
        server.freeAt = begins + nanos;
        server.used += cost;
        running.add(new Work(counted, server.freeAt, nanos));
    }

    private int poisson(double mean) {
        double limit = Math.exp(-mean);
        int count = 0;
        for (double left = random.nextDouble(); left > limit; left *= random.nextDouble()) {
            count++;
        }
        return count;
    }
}
