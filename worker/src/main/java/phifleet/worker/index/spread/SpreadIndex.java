package phifleet.worker.index.spread;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Vector;
import phifleet.worker.index.Hit;
import phifleet.worker.index.ImageIndex;
import phifleet.worker.index.ImageQuery;
import phifleet.worker.index.ImageRecord;
import phifleet.worker.index.IndexException;
import phifleet.worker.index.IndexState;
import phifleet.worker.index.Put;
import phifleet.worker.index.VectorSource;

/**
 * The index of a small fleet, of which each worker keeps a part in a folder of its own, and any of them answers for the whole.
 *
 * <p>A picture goes to its owner, by the hash of its pixels, so that it is in once, whichever workers it comes to at once. All others are
 * asked first whether they have it: from before the fleet had the workers that it has now. Reads ask everybody, and fail where one does
 * not answer: images that are not found would be put in again. A worker that has left is asked no more; what it keeps is not found until it
 * is back, and a picture that is sent again meanwhile is then with two of them, of which searches show one. Thread-safe.
 */
public final class SpreadIndex implements ImageIndex {
    private final ImageIndex own;
    private final VectorSource source;
    private final Keepers keepers;
    private final PartScatter parts;

    /** @param own this worker's part, closed with this */
    public SpreadIndex(ImageIndex own, VectorSource source, Keepers keepers, PartCalls calls) {
        this.own = own;
        this.source = source;
        this.keepers = keepers;
        this.parts = new PartScatter(own, calls);
    }

    private ObjectNode about() {
        return PartWords.about(source);
    }

    /** On a virtual thread, since it waits for the network. */
    private static <T> CompletableFuture<T> later(Callable<T> change) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        Thread.ofVirtual().name("spread-change").start(() -> {
            try {
                outcome.complete(change.call());
            } catch (Exception e) {
                outcome.completeExceptionally(e instanceof IndexException ? e : new IndexException(e.toString(), e));
            }
        });
        return outcome;
    }

    @Override
    public CompletableFuture<Put> put(ImageRecord image, Vector vector, boolean durable) {
        List<Keeper> others = keepers.others();
        return others.isEmpty() ? own.put(image, vector, durable) : later(() -> put(others, image, vector, durable));
    }

    private Put put(List<Keeper> others, ImageRecord image, Vector vector, boolean durable)
            throws IOException, IndexException, InterruptedException {
        Optional<Put> present = present(others, image.id(), image.pixels());
        if (present.isPresent()) {
            return present.get();
        }
        Keeper owner = keepers.owner(others, image.pixels());
        if (owner == null) {
            return PartScatter.done(own.put(image, vector, durable));
        }
        ObjectNode question = about().put("durable", durable);
        PartWords.record(question, image);
        PartWords.vector(question, vector);
        return parts.one(owner, "put", question, answer -> {
            Put put = PartWords.put(answer);
            if (put == null) {
                throw new IOException("it does not say what became of the image");
            }
            return put;
        });
    }

    @Override
    public Optional<Put> present(String id, String pixels) throws IndexException {
        return present(keepers.others(), id, pixels);
    }

    private Optional<Put> present(List<Keeper> others, String id, String pixels) throws IndexException {
        return first(parts.all(
                others,
                "present",
                about().put("id", id).put("pixels", pixels),
                index -> index.present(id, pixels),
                answer -> Optional.ofNullable(PartWords.put(answer))));
    }

    private static <T> Optional<T> first(List<Optional<T>> answers) {
        return answers.stream().flatMap(Optional::stream).findFirst();
    }

    @Override
    public CompletableFuture<Boolean> delete(String id) {
        List<Keeper> others = keepers.others();
        return others.isEmpty() ? own.delete(id) : later(() -> delete(others, id));
    }

    private boolean delete(List<Keeper> others, String id) throws IndexException {
        return parts.all(
                        others,
                        "delete",
                        about().put("id", id),
                        index -> PartScatter.done(index.delete(id)),
                        answer -> answer.path("deleted").asBoolean())
                .contains(true);
    }

    @Override
    public Optional<ImageRecord> get(String id) throws IndexException {
        Optional<ImageRecord> here = own.get(id);
        return here.isPresent()
                ? here
                : first(parts.all(
                        keepers.others(), "get", about().put("id", id), index -> Optional.empty(), PartWords::record));
    }

    @Override
    public Optional<Vector> vector(String id) throws IndexException {
        Optional<Vector> here = own.vector(id);
        return here.isPresent()
                ? here
                : first(parts.all(
                        keepers.others(),
                        "vector",
                        about().put("id", id),
                        index -> Optional.empty(),
                        answer -> Optional.ofNullable(PartWords.vector(answer))));
    }

    @Override
    public List<Hit> search(ImageQuery query) throws IndexException {
        ObjectNode question = about();
        PartWords.query(question, query);
        return merged(
                parts.all(keepers.others(), "search", question, index -> index.search(query), PartWords::hits),
                query.k());
    }

    /** The nearest of all parts, or the newest; of what is with two of them the one that is nearer. */
    private static List<Hit> merged(List<List<Hit>> found, int k) {
        List<Hit> all = new ArrayList<>();
        found.forEach(all::addAll);
        all.sort(Comparator.comparingDouble(SpreadIndex::rank).reversed());
        Set<String> pictures = new HashSet<>();
        return all.stream()
                .filter(hit -> pictures.add(hit.image().pixels()))
                .limit(k)
                .toList();
    }

    private static double rank(Hit hit) {
        @Nullable Double score = hit.score();
        return score == null ? hit.image().indexedAt() : score;
    }

    @Override
    public List<String> ids(@Nullable String after, int most) throws IndexException {
        List<List<String>> found = parts.all(
                keepers.others(),
                "ids",
                about().put("after", after).put("most", most),
                index -> index.ids(after, most),
                PartWords::ids);
        return found.stream()
                .flatMap(List::stream)
                .sorted()
                .distinct()
                .limit(most)
                .toList();
    }

    @Override
    public IndexState state() throws IndexException {
        List<IndexState> states =
                parts.all(keepers.others(), "state", about(), ImageIndex::state, answer -> state(answer));
        return new IndexState(
                states.stream().mapToLong(IndexState::images).sum(),
                states.stream().mapToLong(IndexState::bytes).sum(),
                states.getFirst().engine(),
                source);
    }

    private IndexState state(JsonNode answer) {
        return new IndexState(
                answer.path("images").asLong(), answer.path("bytes").asLong(), "", source);
    }

    @Override
    public void close() {
        own.close();
    }
}
