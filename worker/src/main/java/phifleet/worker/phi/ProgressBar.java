package phifleet.worker.phi;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import phifleet.inference.hub.remote.DownloadProgress;
import phifleet.inference.hub.remote.HubName;

/** Draws a download on one line of a terminal; where the output is no terminal, only its beginning is told. */
final class ProgressBar implements DownloadProgress {
    private static final long EVERY_NS = 100_000_000L;
    private static final int WIDTH = 30;

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private long needed;
    private long present;
    private long came;
    private long began;
    private long drawn;

    /** @param terminal whether a line can be drawn over */
    ProgressBar(PrintStream out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    @Override
    public synchronized void needs(HubName name, int files, long bytes, long here) {
        needed += bytes;
        present += here;
        if (came == 0) {
            began = nanoTime.getAsLong();
        }
        if (!terminal && here < bytes) {
            out.printf(Locale.ROOT, "%s: fetching %d files, %.1f MB%n", name, files, (bytes - here) / 1e6);
        }
        draw(true);
    }

    @Override
    public synchronized void came(long bytes) {
        present += bytes;
        came += bytes;
        draw(false);
    }

    @Override
    public synchronized void waits(String file) {
        says("another process is fetching " + file + "; waiting for it");
    }

    @Override
    public synchronized void says(String line) {
        out.println((terminal ? "\r\033[K" : "") + line);
        draw(true);
    }

    @Override
    public synchronized void done(HubName name) {
        draw(true);
        if (terminal && needed > 0) {
            out.println();
        }
    }

    private void draw(boolean now) {
        long time = nanoTime.getAsLong();
        if (!terminal || needed == 0 || (!now && time - drawn < EVERY_NS)) {
            return;
        }
        drawn = time;
        double part = Math.clamp((double) present / needed, 0, 1);
        int full = (int) (part * WIDTH);
        double seconds = Math.max(1e-3, (time - began) / 1e9);
        out.printf(
                Locale.ROOT,
                "\r\033[K[%s%s] %3.0f %%  %.1f of %.1f MB  %.1f MB/s",
                "#".repeat(full),
                ".".repeat(WIDTH - full),
                Math.floor(part * 100),
                present / 1e6,
                needed / 1e6,
                Math.max(0, came) / 1e6 / seconds);
        out.flush();
    }
}
