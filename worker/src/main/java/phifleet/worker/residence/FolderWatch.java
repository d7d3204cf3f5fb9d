package phifleet.worker.residence;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a folder of models: one that appears is loaded, one that changes is loaded in place of what serves, one that goes is
 * unloaded. Of versions the newest that can be had serves. A model is loaded once its files have been the same at two looks, and not again before they change, whether that went
 * well or not: a half-copied one is at worst refused until it is whole.
 */
public final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    private final ModelFolders folders;
    private final Followed models;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("models-dir").factory());

    /** By name, the mark that was there when it was loaded. */
    private final Map<String, String> loaded = new TreeMap<>();

    private Map<String, String> last = Map.of();
    private boolean readable = true;

    /** The models, as far as a folder decides of them. */
    public interface Followed {
        /** Has the newest version serve that can be had. */
        CompletionStage<?> follow(String name);

        /** Serves it no more. */
        CompletionStage<?> unload(String name);
    }

    public FolderWatch(ModelFolders folders, Followed models) {
        this.folders = folders;
        this.models = models;
    }

    /** Loads what is there, on the calling thread. One that cannot be loaded is left out; its reason is in the log and the index. */
    public void start() {
        last = marks();
        last.forEach(this::load);
    }

    /** Looks again and again, with so long a pause. */
    public void every(Duration pause) {
        Future<?> _ =
                thread.scheduleWithFixedDelay(this::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks once. */
    void look() {
        Map<String, String> now = marks();
        if (!readable) {
            // What cannot be seen has not gone.
            return;
        }
        Set<String> gone = new TreeSet<>(loaded.keySet());
        gone.removeIf(name -> folders.of(name).isPresent());
        for (String name : gone) {
            loaded.remove(name);
            LOG.info("{}: its folder is gone", name);
            models.unload(name).toCompletableFuture().join();
        }
        now.forEach((name, mark) -> {
            if (mark.equals(last.get(name)) && !mark.equals(loaded.get(name))) {
                load(name, mark);
            }
        });
        last = now;
    }

    private void load(String name, String mark) {
        loaded.put(name, mark);
        models.follow(name).toCompletableFuture().join();
    }

    private Map<String, String> marks() {
        try {
            Map<String, String> marks = folders.marks();
            readable = true;
            return marks;
        } catch (IOException e) {
            if (readable) {
                LOG.warn("models-dir {} cannot be read: {}", folders.folder(), e.toString());
            }
            readable = false;
            return Map.of();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
