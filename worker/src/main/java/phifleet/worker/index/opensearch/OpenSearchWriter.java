package phifleet.worker.index.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import phifleet.worker.index.ImageRecord;
import phifleet.worker.index.IndexException;
import phifleet.worker.index.Operation;
import phifleet.worker.index.Put;
import phifleet.worker.index.opensearch.OpenSearchHttp.Reply;

/**
 * Makes groups of changes: images by bulks, of which those items are tried again that may go well later, and no others. What OpenSearch
 * has answered is on its disks and is found. For the index's one thread.
 */
final class OpenSearchWriter {
    /** A bulk's length, in bytes: OpenSearch takes a hundred MiB, and another copy waits here. */
    private static final int LONGEST_BULK = 8 << 20;

    private final OpenSearchHttp http;
    private final IndexName name;
    private final Retries retries;
    private final Deletion deletion;
    private final String bulk;

    OpenSearchWriter(OpenSearchHttp http, IndexName name, OpenSearchSettings settings, Retries retries) {
        this.http = http;
        this.name = name;
        this.retries = retries;
        this.deletion = new Deletion(new OpenSearchCalls(http, retries), name);
        // A shard that is not there is said before the answer is late.
        this.bulk = name.path("/_bulk?refresh=true&require_alias=true&timeout="
                + Math.max(50, settings.timeout().toMillis() / 2) + "ms");
    }

    /** One image on its way, and why it is not in yet. */
    private static final class Item {
        private final Operation.Putting putting;
        private final String put = UUID.randomUUID().toString();
        private final byte[] lines;
        private IndexException reason = new IndexException("it was not tried");

        Item(Operation.Putting putting) throws IOException {
            this.putting = putting;
            this.lines = Documents.create(putting.image(), putting.vector(), put);
        }

        ImageRecord image() {
            return putting.image();
        }

        void fail() {
            putting.outcome().completeExceptionally(reason);
        }
    }

    /** Makes changes in their order, and answers each. */
    void write(List<Operation> group) throws IOException, InterruptedException {
        List<Item> puts = new ArrayList<>();
        for (Operation operation : group) {
            switch (operation) {
                case Operation.Putting putting -> puts.add(new Item(putting));
                case Operation.Deleting deleting -> {
                    put(puts);
                    puts = new ArrayList<>();
                    deletion.make(deleting);
                }
            }
        }
        put(puts);
    }

    private void put(List<Item> items) throws InterruptedException {
        List<Item> left = items;
        for (int tried = 1; !left.isEmpty(); tried++) {
            List<Item> again = new ArrayList<>();
            for (List<Item> bulk : bulks(left)) {
                again.addAll(send(bulk));
            }
            if (!again.isEmpty() && !retries.awaitNext(tried)) {
                again.forEach(Item::fail);
                return;
            }
            left = again;
        }
    }

    private static List<List<Item>> bulks(List<Item> items) {
        List<List<Item>> bulks = new ArrayList<>();
        int length = LONGEST_BULK;
        for (Item item : items) {
            if (length + item.lines.length > LONGEST_BULK) {
                bulks.add(new ArrayList<>());
                length = 0;
            }
            length += item.lines.length;
            bulks.getLast().add(item);
        }
        return bulks;
    }

    /** Those that are to be tried again. */
    private List<Item> send(List<Item> items) throws InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        items.forEach(item -> body.writeBytes(item.lines));
        try {
            Reply reply = http.send("POST", bulk, body.toByteArray());
            JsonNode answers = reply.body().path("items");
            if (reply.status() >= 300) {
                IndexException reason = OpenSearchCalls.refused(reply);
                items.forEach(item -> item.reason = reason);
                if (reply.mayPass()) {
                    return items;
                }
                items.forEach(Item::fail);
                return List.of();
            }
            if (answers.size() != items.size()) {
                throw new IOException("of " + items.size() + " images it tells of " + answers.size());
            }
            return taken(items, answers);
        } catch (IOException e) {
            IndexException reason = OpenSearchCalls.unreached(e);
            items.forEach(item -> item.reason = reason);
            return items;
        }
    }

    private List<Item> taken(List<Item> items, JsonNode answers) throws InterruptedException {
        List<Item> again = new ArrayList<>();
        List<Item> there = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            JsonNode answer = answers.get(i).path("create");
            int status = answer.path("status").asInt();
            if (status == 200 || status == 201) {
                item.putting.outcome().complete(new Put.Created());
            } else if (status == 409) {
                there.add(item);
            } else {
                String message = "OpenSearch does not take the image: " + status + Reply.reason(answer.path("error"));
                item.reason = status == 429 ? IndexException.busy(message) : new IndexException(message);
                if (Reply.mayPass(status)) {
                    again.add(item);
                } else {
                    item.fail();
                }
            }
        }
        again.addAll(present(there));
        return again;
    }

    /** Tells those whose pixels are there whose they are; the ones that were taken out meanwhile are to be tried again. */
    private List<Item> present(List<Item> items) throws InterruptedException {
        if (items.isEmpty()) {
            return items;
        }
        ArrayNode wanted = Documents.object().putArray("docs");
        for (Item item : items) {
            wanted.addObject()
                    .put("_id", item.image().pixels())
                    .putArray("_source")
                    .add(Documents.ID)
                    .add(Documents.PUT);
        }
        JsonNode found;
        try {
            Reply reply = http.send(
                    "POST",
                    name.path("/_mget"),
                    Documents.write(Documents.object().set("docs", wanted)));
            found = reply.body().path("docs");
            if (reply.status() >= 300) {
                items.forEach(item -> item.reason = OpenSearchCalls.refused(reply));
                return items;
            }
            if (found.size() != items.size()) {
                throw new IOException("of " + items.size() + " images it tells of " + found.size());
            }
        } catch (IOException e) {
            items.forEach(item -> item.reason = OpenSearchCalls.unreached(e));
            return items;
        }
        List<Item> again = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            JsonNode document = found.get(i);
            if (document.path("found").asBoolean()) {
                item.putting.outcome().complete(present(item, document.path("_source")));
            } else {
                item.reason = new IndexException(
                        "the image of the same pixels was taken out meanwhile, or its shard is not there");
                again.add(item);
            }
        }
        return again;
    }

    private static Put present(Item item, JsonNode document) {
        if (document.path(Documents.PUT).asText().equals(item.put)) {
            // By a try that got no answer.
            return new Put.Created();
        }
        String id = document.path(Documents.ID).asText();
        return new Put.Present(id, id.equals(item.image().id()) ? Put.Sameness.FILE : Put.Sameness.PIXELS);
    }
}
