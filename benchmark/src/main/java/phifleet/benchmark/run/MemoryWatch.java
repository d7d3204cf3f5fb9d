package phifleet.benchmark.run;

import java.util.concurrent.atomic.AtomicLong;
import phifleet.benchmark.targets.Target;
import phifleet.benchmark.targets.Usage;

/** Looks at a target's memory twice a second, and remembers the most. */
final class MemoryWatch implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 500;

    private final AtomicLong most = new AtomicLong();
    private final Target target;
    private final Thread thread;

    MemoryWatch(Target target) {
        this.target = target;
        this.thread = Thread.ofPlatform().daemon().name("memory-watch").start(this::watch);
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        target.usage().map(Usage::memoryBytes).ifPresent(bytes -> most.accumulateAndGet(bytes, Math::max));
    }

    /** The most so far, in bytes; 0 where it cannot be seen. */
    long mostBytes() {
        look();
        return most.get();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
