package phifleet.worker.index.spread;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.worker.index.ImageIndex;
import phifleet.worker.index.ImageIndexes;
import phifleet.worker.index.ImageRecord;
import phifleet.worker.index.IndexException;
import phifleet.worker.index.IndexState;
import phifleet.worker.index.VectorSource;

/**
 * Makes each picture be in once again after keepers of parts were without each other. A picture that was sent meanwhile may be with two of
 * them; then the one that is further from owning it takes its own out, once the other says that it has it. Two never give way to each other,
 * since both go by the same order. Each keeper looks through its own part whenever another one comes, and once more a little later, by when
 * what was on its way to a part before the other came has arrived.
 *
 * <p>One virtual thread; costs one question a few hundred pictures and keeper.
 */
public final class Reunion implements AutoCloseable {
    /** Pictures of one question. */
    static final int MOST = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Reunion.class);

    /** Longer than a question to another part may take, so that no picture is on its way any more. */
    private static final Duration LATER = Duration.ofSeconds(20);

    /** Before a keeper that did not answer is asked again. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final ImageIndexes own;
    private final Keepers keepers;
    private final PartCalls calls;
    private Set<Keeper> known = Set.of();
    private @Nullable Thread looking;

    /** @param own this worker's part */
    public Reunion(ImageIndexes own, Keepers keepers, PartCalls calls) {
        this.own = own;
        this.keepers = keepers;
        this.calls = calls;
    }

    /** To be told whenever others come or leave. */
    public synchronized void changed() {
        Set<Keeper> now = Set.copyOf(keepers.others());
        boolean came = !known.containsAll(now);
        known = now;
        if (came) {
            if (looking != null) {
                looking.interrupt();
            }
            looking = Thread.ofVirtual().name("reunion").start(this::look);
        }
    }

    private void look() {
        try {
            pass();
            Thread.sleep(LATER);
            pass();
        } catch (InterruptedException e) {
            LOG.debug("a look for pictures that are in twice begins anew, or is needed no more");
        }
    }

    private void pass() throws InterruptedException {
        while (true) {
            try {
                int gone = unite();
                if (gone > 0) {
                    LOG.info(
                            "{} entries of the index were with another worker too, and are with that one alone now",
                            gone);
                }
                return;
            } catch (IndexException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedException();
                }
                LOG.debug("parts of the index cannot be held against each other yet", e);
            }
            Thread.sleep(AGAIN);
        }
    }

    /** Takes out what nearer owners have too, and counts it. On the calling thread. */
    int unite() throws IndexException, InterruptedException {
        int gone = 0;
        for (IndexState state : own.filled()) {
            ImageIndex part = own.of(state.source());
            List<String> ids = part.ids(null, MOST);
            while (!ids.isEmpty()) {
                gone += unite(part, state.source(), ids);
                ids = part.ids(ids.getLast(), MOST);
            }
        }
        return gone;
    }

    private int unite(ImageIndex part, VectorSource source, List<String> ids)
            throws IndexException, InterruptedException {
        Map<String, String> idByPixels = new LinkedHashMap<>();
        for (String id : ids) {
            ImageRecord image = part.get(id).orElse(null);
            if (image != null) {
                idByPixels.put(image.pixels(), id);
            }
        }
        // Together, so that they are one change of the part.
        List<CompletableFuture<Boolean>> deletions = new ArrayList<>();
        for (Keeper other : keepers.others()) {
            List<String> nearer = idByPixels.keySet().stream()
                    .filter(pixels -> keepers.isNearer(other, pixels))
                    .toList();
            for (String pixels : nearer.isEmpty() ? Set.<String>of() : held(other, source, nearer)) {
                String id = idByPixels.remove(pixels);
                if (id != null) {
                    deletions.add(part.delete(id));
                }
            }
        }
        int gone = 0;
        for (CompletableFuture<Boolean> deletion : deletions) {
            gone += PartScatter.done(deletion) ? 1 : 0;
        }
        return gone;
    }

    /** Those of some pictures that another has. */
    private Set<String> held(Keeper other, VectorSource source, List<String> pixels) throws IndexException {
        ObjectNode question = PartWords.about(source);
        ArrayNode asked = question.putArray(PartWords.PIXELS);
        pixels.forEach(asked::add);
        JsonNode answer = calls.ask(other, "held", question);
        return new HashSet<>(PartWords.pixels(answer));
    }

    @Override
    public synchronized void close() {
        if (looking != null) {
            looking.interrupt();
        }
    }
}
