package phifleet.worker.http.oip;

import com.fasterxml.jackson.core.JsonToken;
import phifleet.http.BodyPost;
import phifleet.http.Exchange;
import phifleet.http.Reply;
import phifleet.http.dialect.OpenInferenceProblems;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.http.json.JsonOutput;
import phifleet.worker.http.state.WorkerView;

/** The models that are served, and those that could be. */
record RepositoryIndex(WorkerView worker, JsonLimits limits) implements BodyPost.Preparation {

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        try {
            JsonOutput index = index(readyAlone(body));
            return asked -> asked.answer(index);
        } catch (BadBody e) {
            return new Reply.Refused(e.problem(), OpenInferenceProblems.SHAPE);
        }
    }

    /** {@code {"ready": true}}. */
    private boolean readyAlone(byte[] body) throws BadBody {
        if (body.length == 0) {
            return false;
        }
        try (JsonInput json = limits.open(body)) {
            json.openObject();
            boolean ready = false;
            String key;
            while ((key = json.nextField()) != null) {
                if (key.equals("ready") && json.current() != JsonToken.VALUE_NULL) {
                    ready = json.flag(key, false);
                } else {
                    json.skip();
                }
            }
            json.end();
            return ready;
        }
    }

    private JsonOutput index(boolean readyAlone) {
        JsonOutput out = new JsonOutput(512).beginList();
        for (RepositoryEntry entry : RepositoryEntry.index(worker, readyAlone)) {
            out.beginObject().member("name").string(entry.name());
            if (!entry.version().isEmpty()) {
                out.member("version").string(entry.version());
            }
            out.member("state").string(entry.state());
            out.member("reason").string(entry.reason()).endObject();
        }
        return out.endList();
    }
}
