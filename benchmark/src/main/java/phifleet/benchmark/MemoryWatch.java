package phifleet.benchmark;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Looks at the memory of processes twice a second, and remembers the most. */
public final class MemoryWatch implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 500;

    private final AtomicLong most = new AtomicLong();
    private final Supplier<Optional<Usage>> usage;
    private final Thread thread;

    /** @param usage what they use now; empty once they have ended */
    public MemoryWatch(Supplier<Optional<Usage>> usage) {
        this.usage = usage;
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
        usage.get().map(Usage::memoryBytes).ifPresent(bytes -> most.accumulateAndGet(bytes, Math::max));
    }

    /** The most so far, in bytes; 0 where it cannot be seen. */
    public long mostBytes() {
        look();
        return most.get();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
