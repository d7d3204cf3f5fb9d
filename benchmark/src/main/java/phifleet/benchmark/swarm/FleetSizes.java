package phifleet.benchmark.swarm;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import phifleet.benchmark.FleetStatus;

/**
 * How large a fleet is wanted to be and is, as its gateway says ten times a second, on a thread of its own until {@link #close}. Moments
 * are of {@link System#nanoTime()}.
 */
final class FleetSizes implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final URI gateway;
    private final List<Size> seen = new ArrayList<>();
    private final Thread thread;

    /**
     * What was said.
     *
     * @param atNanos when it had been said
     */
    record Size(long atNanos, int wanted, int ready) {}

    private FleetSizes(URI gateway) {
        this.gateway = gateway;
        this.thread = Thread.ofPlatform().daemon().name("fleet sizes").unstarted(this::watch);
    }

    static FleetSizes watch(URI gateway) {
        FleetSizes sizes = new FleetSizes(gateway);
        sizes.thread.start();
        return sizes;
    }

    private void watch() {
        try {
            while (true) {
                look();
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One that does not answer is asked again. */
    private void look() {
        FleetStatus.of(gateway).ifPresent(fleet -> add(new Size(System.nanoTime(), fleet.wanted(), fleet.ready())));
    }

    private synchronized void add(Size size) {
        seen.add(size);
    }

    /** All that was seen from a moment on. */
    synchronized List<Size> since(long nanos) {
        return seen.stream().filter(size -> size.atNanos() >= nanos).toList();
    }

    /** When, from a moment on, a size was first as it should be; empty where it never was. */
    OptionalLong first(long from, Predicate<Size> wanted) {
        return since(from).stream().filter(wanted).mapToLong(Size::atNanos).findFirst();
    }

    /** How often, from a moment on, another size was wanted than before. */
    int changes(long from) {
        List<Size> sizes = since(from);
        int changes = 0;
        for (int i = 1; i < sizes.size(); i++) {
            changes += sizes.get(i).wanted() == sizes.get(i - 1).wanted() ? 0 : 1;
        }
        return changes;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
