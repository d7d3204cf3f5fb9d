package phifleet.worker.http.oip.repository;

import phifleet.http.Exchange;
import phifleet.http.dialect.OpenInferenceProblems;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.http.json.JsonOutput;
import phifleet.worker.http.state.WorkerView;

/** The models that are served, and those that could be. */
public record RepositoryIndex(WorkerView worker, JsonLimits limits) implements BodyPost.Preparation {

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        try {
            Filter filter = new Filter();
            if (body.length > 0) {
                limits.readObject(body, filter::field);
            }
            JsonOutput index = index(filter.readyAlone);
            return asked -> asked.answer(index);
        } catch (BadBody e) {
            return new Reply.Refused(e.problem(), OpenInferenceProblems.SHAPE);
        }
    }

    /** {@code {"ready": true}}. */
    private static final class Filter {
        private boolean readyAlone;

        void field(String field, JsonInput json) throws BadBody {
            if (field.equals("ready")) {
                readyAlone = json.flag(field, readyAlone);
            } else {
                json.skip();
            }
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
            out.member("reason").string(entry.reason());
            if (!entry.golden().isEmpty()) {
                out.member("golden").string(entry.golden());
            }
            out.endObject();
        }
        return out.endList();
    }
}
