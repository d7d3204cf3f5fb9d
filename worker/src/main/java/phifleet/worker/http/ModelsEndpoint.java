package phifleet.worker.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.text.SentenceEncoder;

/** The models in OpenAI's form: all of them, or one by id or alias, which may hold slashes. */
enum ModelsEndpoint implements Endpoint {
    LIST,
    ONE;

    static final String PATH = "/v1/models";

    @Override
    public void handle(Exchange exchange) {
        switch (this) {
            case LIST -> list(exchange);
            case ONE -> one(exchange);
        }
    }

    private static void list(Exchange exchange) {
        JsonOutput out = new JsonOutput(512).raw("{\"object\":\"list\",\"data\":[");
        String comma = "";
        for (SentenceEncoder encoder : exchange.edge().state().encoders().all()) {
            out.raw(comma);
            write(exchange, encoder.description(), out);
            comma = ",";
        }
        exchange.answer(out.raw("]}"));
    }

    private static void one(Exchange exchange) {
        String rest = String.valueOf(exchange.request().path()).substring(PATH.length() + 1);
        String name;
        try {
            // A plus stands for itself in a path.
            name = URLDecoder.decode(rest.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            name = rest;
        }
        WorkerState state = exchange.edge().state();
        SentenceEncoder encoder = state.encoders().find(name);
        if (encoder == null) {
            exchange.refuse(Problems.unknownModel(name, state));
            return;
        }
        JsonOutput out = new JsonOutput(256);
        write(exchange, encoder.description(), out);
        exchange.answer(out);
    }

    private static void write(Exchange exchange, ModelDescription model, JsonOutput out) {
        out.raw("{\"id\":").string(model.id()).raw(",\"object\":\"model\",\"created\":");
        out.number(exchange.edge().identity().startedAt().getEpochSecond());
        out.raw(",\"owned_by\":\"phi-fleet\"}");
    }
}
