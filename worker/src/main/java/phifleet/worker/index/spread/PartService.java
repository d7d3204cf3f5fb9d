package phifleet.worker.index.spread;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import phifleet.inference.model.Vector;
import phifleet.worker.index.ImageIndex;
import phifleet.worker.index.ImageIndexes;
import phifleet.worker.index.ImageQuery;
import phifleet.worker.index.ImageRecord;
import phifleet.worker.index.IndexException;
import phifleet.worker.index.IndexState;
import phifleet.worker.index.Put;

/** Answers other keepers out of this worker's own part. Thread-safe; waits on the calling thread. */
public record PartService(ImageIndexes own) {

    /**
     * Answers a question.
     *
     * @throws IOException if it is none
     */
    public byte[] answer(String what, byte[] body) throws IOException, IndexException, InterruptedException {
        JsonNode question = PartWords.parse(body);
        ImageIndex index = own.of(PartWords.source(question));
        String id = question.path("id").asText();
        ObjectNode answer = PartWords.object();
        switch (what) {
            case "get" -> {
                ImageRecord found = index.get(id).orElse(null);
                if (found != null) {
                    PartWords.record(answer, found);
                }
            }
            case "vector" -> PartWords.vector(answer, index.vector(id).orElse(null));
            case "present" ->
                PartWords.put(
                        answer,
                        index.present(id, question.path("pixels").asText()).orElse(null));
            case "put" -> PartWords.put(answer, done(put(index, question)));
            case "delete" -> answer.put("deleted", done(index.delete(id)));
            case "search" -> PartWords.hits(answer, index.search(PartWords.query(question)));
            case "ids" -> {
                ArrayNode ids = answer.putArray("ids");
                String after = question.path("after").isTextual()
                        ? question.path("after").asText()
                        : null;
                index.ids(after, Math.clamp(question.path("most").asInt(), 1, ImageQuery.MOST))
                        .forEach(ids::add);
            }
            case "held" -> {
                ArrayNode held = answer.putArray(PartWords.PIXELS);
                List<String> asked = PartWords.pixels(question);
                if (asked.size() > Reunion.MOST) {
                    throw new IOException("at most " + Reunion.MOST + " pictures are asked for at once");
                }
                for (String pixels : asked) {
                    if (index.present("", pixels).isPresent()) {
                        held.add(pixels);
                    }
                }
            }
            case "state" -> {
                IndexState state = index.state();
                answer.put("images", state.images()).put("bytes", state.bytes());
            }
            default ->
                throw new IOException(
                        "a part is asked for get, vector, present, held, put, delete, search, ids and state");
        }
        return PartWords.write(answer);
    }

    private static CompletableFuture<Put> put(ImageIndex index, JsonNode question) throws IOException {
        Vector vector = PartWords.vector(question);
        ImageRecord image = PartWords.record(question).orElseThrow(() -> new IOException("there is no record"));
        if (vector == null) {
            throw new IOException("there is no vector");
        }
        return index.put(image, vector, question.path("durable").asBoolean(true));
    }

    private static <T> T done(CompletableFuture<T> change) throws IndexException, InterruptedException {
        try {
            return change.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IndexException reason ? reason : new IndexException(e.toString(), e);
        }
    }
}
