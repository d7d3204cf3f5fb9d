package phifleet.worker;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.hub.remote.DownloadProgress;
import phifleet.inference.hub.remote.HubName;

/** Tells of downloads in the log, a line every ten seconds while they last. */
final class ProgressLog implements DownloadProgress {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);
    private static final long EVERY_NS = 10_000_000_000L;

    private final LongSupplier nanoTime;
    private final AtomicLong needed = new AtomicLong();
    private final AtomicLong present = new AtomicLong();
    private final AtomicLong told;

    ProgressLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.told = new AtomicLong(nanoTime.getAsLong());
    }

    @Override
    public void needs(HubName name, int files, long bytes, long here) {
        needed.addAndGet(bytes);
        present.addAndGet(here);
        if (here < bytes) {
            LOG.info("{}: fetching {} of {} MB in {} files", name, megabytes(bytes - here), megabytes(bytes), files);
        }
    }

    @Override
    public void came(long bytes) {
        long now = nanoTime.getAsLong();
        long sum = present.addAndGet(bytes);
        long last = told.get();
        if (now - last > EVERY_NS && told.compareAndSet(last, now)) {
            LOG.info("{} of {} MB are here", megabytes(sum), megabytes(needed.get()));
        }
    }

    @Override
    public void waits(String file) {
        LOG.info("another process is fetching {}; waiting for it", file);
    }

    @Override
    public void says(String line) {
        LOG.warn("{}", line);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
    }
}
