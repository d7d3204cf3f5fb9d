package phifleet.worker.http.oip;

import java.util.List;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.json.JsonOutput;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.WorkerView;

/** What the protocol asks of the server as a whole. */
record ServerEndpoint(WorkerView worker, Question question) implements Endpoint {
    private static final List<String> EXTENSIONS =
            List.of("binary_tensor_data", "classification", "model_configuration", "model_repository", "statistics");

    /** One a route. */
    enum Question {
        METADATA,
        LIVE,
        READY
    }

    @Override
    public void handle(Exchange exchange) {
        switch (question) {
            case METADATA -> exchange.answer(metadata());
            case LIVE -> exchange.answerEmpty(200);
            case READY -> {
                if (worker.state().isReady()) {
                    exchange.answerEmpty(200);
                } else {
                    exchange.refuse(ModelProblems.notReady(worker.state()));
                }
            }
        }
    }

    private JsonOutput metadata() {
        JsonOutput out = new JsonOutput(256).beginObject();
        out.member("name").string("phi-fleet");
        out.member("version").string(worker.identity().version());
        return out.member("extensions").strings(EXTENSIONS).endObject();
    }
}
