package phifleet.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The processor time that a load driver's own threads take, so that it need not count against what it drives. Thread-safe. */
public final class ClientTime implements LoadObserver {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<Thread, Long> nanos = new ConcurrentHashMap<>();

    @Override
    public void ended(long startNanos, long endNanos, Ending ending) {
        nanos.put(Thread.currentThread(), threads.getCurrentThreadCpuTime());
    }

    /** All of it so far, in seconds. */
    public double seconds() {
        return nanos.values().stream().mapToLong(Long::longValue).sum() / 1e9;
    }
}
