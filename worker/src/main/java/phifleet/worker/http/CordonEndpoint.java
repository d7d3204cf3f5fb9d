package phifleet.worker.http;

import io.vertx.core.http.HttpMethod;
import java.util.function.IntSupplier;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.endpoint.QueryFlag;
import phifleet.http.json.JsonOutput;
import phifleet.worker.http.state.Cordon;
import phifleet.worker.http.state.WorkerView;

/**
 * {@code /fleet/cordon}: by POST new requests are kept away, with {@code ?drain=true} streams end too; by DELETE they may come again;
 * GET tells how it stands, and how many requests are in hand. Gateways ask for it in an operator's name.
 */
record CordonEndpoint(WorkerView worker, IntSupplier inHand) implements Endpoint {
    static final String PATH = "/fleet/cordon";

    @Override
    public void handle(Exchange exchange) {
        HttpMethod method = exchange.request().method();
        if (method.equals(HttpMethod.POST)) {
            switch (QueryFlag.read(exchange.request(), "drain")) {
                case QueryFlag.Wrong wrong -> exchange.refuse(wrong.problem());
                case QueryFlag.Is(boolean drain) -> cordon(exchange, drain);
            }
        } else if (method.equals(HttpMethod.DELETE)) {
            answer(exchange, worker.cordon().enter(Cordon.State.OPEN));
        } else {
            answer(exchange, false);
        }
    }

    private void cordon(Exchange exchange, boolean drain) {
        // To cordon one that drains lets nothing in that was kept out.
        boolean already = !drain && worker.cordon().state() != Cordon.State.OPEN;
        Cordon.State wanted = drain ? Cordon.State.DRAINED : Cordon.State.CORDONED;
        answer(exchange, !already && worker.cordon().enter(wanted));
    }

    private void answer(Exchange exchange, boolean changed) {
        JsonOutput out = new JsonOutput(128).beginObject();
        out.member("worker_id").string(worker.identity().id());
        out.member("state").string(worker.cordon().state().label());
        out.member("since_ms").number(worker.cordon().millis());
        out.member("changed").flag(changed);
        out.member("in_hand").number(inHand.getAsInt());
        exchange.answer(out.endObject());
    }
}
