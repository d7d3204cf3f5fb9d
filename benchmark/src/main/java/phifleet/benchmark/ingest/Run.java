package phifleet.benchmark.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run over a folder: files into a bounded queue, batches out of it, as many requests at once as were asked for. */
final class Run {
    private static final Set<String> ENDINGS =
            Set.of("jpg", "jpeg", "png", "gif", "webp", "bmp", "heic", "heif", "avif", "tif", "tiff");

    /** Fewer images say nothing of a rate. */
    private static final int LEAST_FOR_RATE = 100;

    private final IngestFlags options;
    private final IngestTally tally = new IngestTally();
    private final BlockingQueue<Path> queue;
    private final long startNanos = System.nanoTime();
    private volatile boolean stopped;
    private volatile boolean foundAll;
    private volatile @Nullable IOException failure;
    private long total;

    Run(IngestFlags options) {
        this.options = options;
        this.queue = new ArrayBlockingQueue<>(options.queue());
    }

    /** Asks it to end once what was sent is answered; from any thread. */
    void stop() {
        stopped = true;
    }

    /** Whether it ended before all was sent. */
    boolean stoppedEarly() {
        return stopped;
    }

    /** Runs to the end. */
    IngestReport run(IngestProgress progress) throws IOException, InterruptedException {
        Set<String> before = Ledger.read(options.resume());
        List<Path> files = files(before);
        total = files.size();
        try (Ledger done = Ledger.append(options.resume());
                Ledger failed = Ledger.append(options.failed())) {
            Sender sender = new Sender(options, tally, done, failed);
            List<Thread> workers = new ArrayList<>();
            for (int i = 0; i < options.workers(); i++) {
                workers.add(Thread.ofVirtual().name("send-" + i).start(() -> work(sender)));
            }
            Thread reporter = Thread.ofVirtual().name("report").start(() -> progress.follow(this));
            for (Path file : files) {
                while (!stopped && !queue.offer(file, 50, TimeUnit.MILLISECONDS)) {
                    // Full: the senders set the pace.
                }
            }
            foundAll = true;
            for (Thread worker : workers) {
                worker.join();
            }
            reporter.interrupt();
            reporter.join();
        }
        if (failure != null) {
            throw failure;
        }
        return report();
    }

    IngestReport report() {
        return IngestReport.of(tally, total, (System.nanoTime() - startNanos) / 1e9);
    }

    /** A line for people. */
    String line() {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        long images = tally.images();
        double rate = images / Math.max(seconds, 1e-3);
        String eta = rate > 0 ? String.format(Locale.ROOT, "%.0f s", (total - images) / rate) : "-";
        int filled = total == 0 ? 20 : (int) (20 * images / total);
        return String.format(
                Locale.ROOT,
                "[%s%s] %d/%d  %.1f images/s  %.1f MB/s  ETA %s  duplicates %d  near %d  errors %d",
                "#".repeat(filled),
                ".".repeat(20 - filled),
                images,
                total,
                rate,
                tally.bytes.sum() / 1e6 / Math.max(seconds, 1e-3),
                eta,
                tally.duplicates.sum(),
                tally.nearDuplicates.sum(),
                tally.failed.sum());
    }

    private void work(Sender sender) {
        try {
            List<Path> batch = batch();
            while (!batch.isEmpty()) {
                sender.send(batch);
                if (tally.images() >= LEAST_FOR_RATE && tally.failureRate() > options.maxFailureRate()) {
                    stop();
                }
                batch = batch();
            }
        } catch (IOException e) {
            failure = e;
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Path> batch() throws InterruptedException {
        List<Path> batch = new ArrayList<>();
        while (!stopped && batch.size() < options.batch()) {
            Path file = queue.poll(50, TimeUnit.MILLISECONDS);
            if (file != null) {
                batch.add(file);
            } else if (foundAll && queue.isEmpty()) {
                return batch;
            }
        }
        return stopped ? List.of() : batch;
    }

    private List<Path> files(Set<String> before) throws IOException {
        try (Stream<Path> all = Files.walk(options.folder())) {
            return all.filter(Run::isImage)
                    .filter(file ->
                            !before.contains(options.folder().relativize(file).toString()))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot >= 0 && ENDINGS.contains(name.substring(dot + 1)) && Files.isRegularFile(file);
    }
}
