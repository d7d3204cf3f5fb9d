package phifleet.inference.hub.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import phifleet.inference.hub.remote.HubException.Reason;

/**
 * Files of models by their names, from the Hub into its tools' own cache. Nothing is shown of a model there before all of the
 * files that were wanted are whole. Thread-safe; processes share the cache by locks on its files.
 */
public final class Hub {
    /** Files of one model that come at once. */
    private static final int AT_ONCE = 4;

    private static final int TRIES = 5;
    private static final int READ_MS = 30_000;

    private final HubSettings settings;
    private final HubCache cache;
    private final HubClient client;
    private final Retry retry;
    private final DownloadProgress progress;
    private final ToLongFunction<Path> room;

    public Hub(HubSettings settings, DownloadProgress progress) {
        this(settings, progress, new Retry(Thread::sleep, TRIES), READ_MS, Hub::usable);
    }

    /** @param room the bytes that can be written below a folder */
    Hub(HubSettings settings, DownloadProgress progress, Retry retry, int readMs, ToLongFunction<Path> room) {
        this.settings = settings;
        this.cache = new HubCache(settings.cache());
        this.client = new HubClient(settings, retry, readMs);
        this.retry = retry;
        this.progress = progress;
        this.room = room;
    }

    public boolean isOffline() {
        return settings.offline();
    }

    /** Where the cache is. */
    public Path cache() {
        return cache.root();
    }

    public DownloadProgress progress() {
        return progress;
    }

    /** The folder that the cache shows of a model; nothing if it has none. It may lack files. */
    public Optional<Path> snapshot(HubName name) throws HubException {
        try {
            return cache.commit(name)
                    .map(commit -> cache.snapshot(name, commit))
                    .filter(Files::isDirectory);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Whether the model is known to have no such file at the commit of a {@link #snapshot}. */
    public boolean isKnownAbsent(HubName name, Path snapshot, String path) {
        return cache.isKnownAbsent(name, String.valueOf(snapshot.getFileName()), path);
    }

    /** Asks the Hub what a model has. */
    public HubListing list(HubName name) throws HubException, InterruptedException {
        if (settings.offline()) {
            throw new HubException(
                    Reason.OFFLINE,
                    name + " is not whole in " + cache.root() + ", and HF_HUB_OFFLINE forbids the network");
        }
        return client.list(name);
    }

    /** Gets what is not here yet of some files, several at once. */
    public void fetch(HubName name, HubListing listing, Collection<HubFile> files)
            throws HubException, InterruptedException {
        List<HubFile> missing =
                files.stream().filter(file -> !cache.has(name, file)).toList();
        long bytes = files.stream().mapToLong(HubFile::size).sum();
        long wanted = missing.stream().mapToLong(HubFile::size).sum();
        progress.needs(name, files.size(), bytes, bytes - wanted);
        if (missing.isEmpty()) {
            return;
        }
        mustHaveRoom(name, missing, wanted);
        AtomicBoolean stopped = new AtomicBoolean();
        BlobDownload download = new BlobDownload(client, cache, retry, progress, stopped::get);
        try (ExecutorService threads = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().daemon().name("hub-", 0).factory())) {
            ExecutorCompletionService<Boolean> ended = new ExecutorCompletionService<>(threads);
            List<Future<Boolean>> all = new ArrayList<>();
            for (HubFile file : missing) {
                all.add(ended.submit(() -> {
                    download.fetch(name, listing.commit(), file);
                    return true;
                }));
            }
            try {
                for (int i = 0; i < all.size(); i++) {
                    result(ended.take());
                }
            } finally {
                // After a failure the others have nothing to live for.
                stopped.set(true);
                threads.shutdownNow();
            }
        }
    }

    private static void result(Future<Boolean> done) throws HubException, InterruptedException {
        try {
            done.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case HubException reason -> throw reason;
                case InterruptedException reason -> throw reason;
                case CancellationException reason -> throw reason;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** Where the bytes of a file that was fetched are. */
    public Path blob(HubName name, HubFile file) {
        return cache.blob(name, file);
    }

    /**
     * Shows files that were fetched under their names.
     *
     * @param absent names that the listing does not have, which the cache is to remember
     * @return the folder
     */
    public Path show(HubName name, HubListing listing, Collection<HubFile> files, Collection<String> absent)
            throws HubException {
        try {
            for (HubFile file : files) {
                cache.link(name, listing.commit(), file);
            }
            for (String path : absent) {
                cache.rememberAbsent(name, listing.commit(), path);
            }
            cache.setCommit(name, listing.commit());
            progress.done(name);
            return cache.snapshot(name, listing.commit());
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void mustHaveRoom(HubName name, List<HubFile> missing, long wanted) throws HubException {
        long begun = missing.stream()
                .map(file -> cache.incomplete(name, file))
                .mapToLong(file -> file.toFile().length())
                .sum();
        long free = room.applyAsLong(cache.root());
        if (free < wanted - begun) {
            throw new HubException(
                    Reason.DISK_FULL,
                    name + " needs " + (wanted - begun) + " bytes more in " + cache.root() + ", where " + free
                            + " are free");
        }
    }

    private static long usable(Path folder) {
        Path existing = folder;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            return Files.getFileStore(existing).getUsableSpace();
        } catch (IOException e) {
            // Then the disk says it, when it is full.
            return Long.MAX_VALUE;
        }
    }

    private HubException unusable(IOException e) {
        return new HubException(Reason.CACHE, "the cache " + cache.root() + " cannot be used: " + e, e);
    }
}
