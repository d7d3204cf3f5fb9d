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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
    private final PartCalls calls;

    /** @param own this worker's part, closed with this */
    public SpreadIndex(ImageIndex own, VectorSource source, Keepers keepers, PartCalls calls) {
        this.own = own;
        this.source = source;
        this.keepers = keepers;
        this.calls = calls;
    }

    /** What a part is asked: this worker's without a way over the network. */
    private interface Question<T> {
        T own(ImageIndex index) throws IndexException, InterruptedException;

        T read(JsonNode answer) throws IOException;
    }

    private ObjectNode about() {
        return PartWords.about(source);
    }

    private <T> T ask(Keeper keeper, String what, JsonNode question, Question<T> of) throws IndexException {
        try {
            return of.read(calls.ask(keeper, what, question));
        } catch (IOException e) {
            throw new IndexException(
                    "the worker " + keeper.id() + " answers what cannot be read: " + e.getMessage(), e);
        }
    }

    /** The answers of this worker's part and of the others', which are asked at once. */
    private <T> List<T> askAll(List<Keeper> others, String what, JsonNode question, Question<T> of)
            throws IndexException {
        List<CompletableFuture<T>> asked = new ArrayList<>();
        for (Keeper keeper : others) {
            CompletableFuture<T> answer = new CompletableFuture<>();
            asked.add(answer);
            Thread.ofVirtual().name("part").start(() -> {
                try {
                    answer.complete(ask(keeper, what, question, of));
                } catch (IndexException | RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        }
        try {
            List<T> answers = new ArrayList<>();
            answers.add(of.own(own));
            for (CompletableFuture<T> answer : asked) {
                answers.add(done(answer));
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexException("nobody waits for the index any more");
        }
    }

    private static <T> T done(CompletableFuture<T> change) throws IndexException, InterruptedException {
        try {
            return change.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IndexException reason ? reason : new IndexException(e.toString(), e);
        }
    }

    @Override
    public CompletableFuture<Put> put(ImageRecord image, Vector vector, boolean durable) {
        List<Keeper> others = keepers.others();
        if (others.isEmpty()) {
            return own.put(image, vector, durable);
        }
        CompletableFuture<Put> outcome = new CompletableFuture<>();
        Thread.ofVirtual().name("spread-put").start(() -> {
            try {
                outcome.complete(put(others, image, vector, durable));
            } catch (InterruptedException e) {
                outcome.completeExceptionally(new IndexException("the index is closed"));
            } catch (IOException | IndexException | RuntimeException e) {
                outcome.completeExceptionally(e instanceof IndexException ? e : new IndexException(e.toString(), e));
            }
        });
        return outcome;
    }

    private Put put(List<Keeper> others, ImageRecord image, Vector vector, boolean durable)
            throws IOException, IndexException, InterruptedException {
        Optional<Put> present = present(others, image.id(), image.pixels());
        if (present.isPresent()) {
            return present.get();
        }
        Keeper owner = keepers.owner(others, image.pixels());
        if (owner == null) {
            return done(own.put(image, vector, durable));
        }
        ObjectNode question = about().put("durable", durable);
        PartWords.record(question, image);
        PartWords.vector(question, vector);
        return ask(owner, "put", question, new Question<Put>() {
            @Override
            public Put own(ImageIndex index) {
                throw new IllegalStateException("the owner is another");
            }

            @Override
            public Put read(JsonNode answer) throws IOException {
                Put put = PartWords.put(answer);
                if (put == null) {
                    throw new IOException("it does not say what became of the image");
                }
                return put;
            }
        });
    }

    @Override
    public Optional<Put> present(String id, String pixels) throws IndexException {
        return present(keepers.others(), id, pixels);
    }

    private Optional<Put> present(List<Keeper> others, String id, String pixels) throws IndexException {
        JsonNode question = about().put("id", id).put("pixels", pixels);
        return askAll(others, "present", question, new Question<Optional<Put>>() {
                    @Override
                    public Optional<Put> own(ImageIndex index) throws IndexException {
                        return index.present(id, pixels);
                    }

                    @Override
                    public Optional<Put> read(JsonNode answer) throws IOException {
                        return Optional.ofNullable(PartWords.put(answer));
                    }
                })
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public CompletableFuture<Boolean> delete(String id) {
        List<Keeper> others = keepers.others();
        if (others.isEmpty()) {
            return own.delete(id);
        }
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        Thread.ofVirtual().name("spread-delete").start(() -> {
            try {
                outcome.complete(delete(others, id));
            } catch (IndexException | RuntimeException e) {
                outcome.completeExceptionally(e instanceof IndexException ? e : new IndexException(e.toString(), e));
            }
        });
        return outcome;
    }

    private boolean delete(List<Keeper> others, String id) throws IndexException {
        return askAll(others, "delete", about().put("id", id), new Question<Boolean>() {
                    @Override
                    public Boolean own(ImageIndex index) throws IndexException, InterruptedException {
                        return done(index.delete(id));
                    }

                    @Override
                    public Boolean read(JsonNode answer) {
                        return answer.path("deleted").asBoolean();
                    }
                })
                .contains(true);
    }

    @Override
    public Optional<ImageRecord> get(String id) throws IndexException {
        Optional<ImageRecord> here = own.get(id);
        return here.isPresent()
                ? here
                : askAll(keepers.others(), "get", about().put("id", id), new Question<Optional<ImageRecord>>() {
                            @Override
                            public Optional<ImageRecord> own(ImageIndex index) {
                                return Optional.empty();
                            }

                            @Override
                            public Optional<ImageRecord> read(JsonNode answer) throws IOException {
                                return PartWords.record(answer);
                            }
                        })
                        .stream()
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    @Override
    public Optional<Vector> vector(String id) throws IndexException {
        Optional<Vector> here = own.vector(id);
        return here.isPresent()
                ? here
                : askAll(keepers.others(), "vector", about().put("id", id), new Question<Optional<Vector>>() {
                            @Override
                            public Optional<Vector> own(ImageIndex index) {
                                return Optional.empty();
                            }

                            @Override
                            public Optional<Vector> read(JsonNode answer) {
                                return Optional.ofNullable(PartWords.vector(answer));
                            }
                        })
                        .stream()
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    @Override
    public List<Hit> search(ImageQuery query) throws IndexException {
        ObjectNode question = about();
        PartWords.query(question, query);
        List<List<Hit>> parts = askAll(keepers.others(), "search", question, new Question<List<Hit>>() {
            @Override
            public List<Hit> own(ImageIndex index) throws IndexException {
                return index.search(query);
            }

            @Override
            public List<Hit> read(JsonNode answer) throws IOException {
                return PartWords.hits(answer);
            }
        });
        return merged(parts, query.k());
    }

    /** The nearest of all parts, or the newest; of what is with two of them the one that is nearer. */
    static List<Hit> merged(List<List<Hit>> parts, int k) {
        List<Hit> all = new ArrayList<>();
        parts.forEach(all::addAll);
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
    public IndexState state() throws IndexException {
        List<IndexState> parts = askAll(keepers.others(), "state", about(), new Question<IndexState>() {
            @Override
            public IndexState own(ImageIndex index) throws IndexException {
                return index.state();
            }

            @Override
            public IndexState read(JsonNode answer) {
                return new IndexState(
                        answer.path("images").asLong(), answer.path("bytes").asLong(), "", source);
            }
        });
        return new IndexState(
                parts.stream().mapToLong(IndexState::images).sum(),
                parts.stream().mapToLong(IndexState::bytes).sum(),
                parts.getFirst().engine(),
                source);
    }

    @Override
    public void close() {
        own.close();
    }
}
