package phifleet.worker.http.embed;

import java.util.Optional;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.PathNames;
import phifleet.http.json.JsonOutput;
import phifleet.inference.Catalogue;
import phifleet.inference.ServedModel;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.OnDemand;
import phifleet.worker.http.state.WorkerState;
import phifleet.worker.http.state.WorkerView;

/** The models in OpenAI's form: all of them, or one by id or alias, which may hold slashes. */
record ModelsEndpoint(WorkerView worker, Question question) implements Endpoint {
    static final String PATH = "/v1/models";

    /** What is asked for. */
    enum Question {
        LIST,
        ONE
    }

    @Override
    public void handle(Exchange exchange) {
        switch (question) {
            case LIST -> list(exchange);
            case ONE -> one(exchange);
        }
    }

    private void list(Exchange exchange) {
        JsonOutput out = new JsonOutput(512).beginObject();
        out.member("object").string("list").member("data").beginList();
        for (ServedModel model : worker.state().models().all()) {
            write(model.description().id(), out);
        }
        for (OnDemand.Standing model : worker.state().demand().standings()) {
            if (model.state() != OnDemand.State.READY) {
                write(model.id(), out);
            }
        }
        exchange.answer(out.endList().endObject());
    }

    private void one(Exchange exchange) {
        String rest = String.valueOf(exchange.request().path()).substring(PATH.length() + 1);
        String name = PathNames.decode(rest).orElse(rest);
        WorkerState state = worker.state();
        switch (state.models().find(name, ServedModel.class)) {
            case Catalogue.Found.Model<ServedModel>(ServedModel model) -> {
                JsonOutput out = new JsonOutput(256);
                write(model.description().id(), out);
                exchange.answer(out);
            }
            case Catalogue.Found.Missing<ServedModel> missing -> onDemand(exchange, name, state);
        }
    }

    /** A model that is not loaded is there all the same, where a request loads it. */
    private void onDemand(Exchange exchange, String name, WorkerState state) {
        Optional<String> id = state.demand().standings().stream()
                .filter(model -> model.id().equals(name) || model.aliases().contains(name))
                .map(OnDemand.Standing::id)
                .findFirst();
        if (id.isEmpty()) {
            exchange.refuse(ModelProblems.unknownModel(name, state));
            return;
        }
        JsonOutput out = new JsonOutput(256);
        write(id.get(), out);
        exchange.answer(out);
    }

    private void write(String id, JsonOutput out) {
        out.beginObject().member("id").string(id).member("object").string("model");
        out.member("created").number(worker.identity().startedAt().getEpochSecond());
        out.member("owned_by").string("phi-fleet").endObject();
    }
}
