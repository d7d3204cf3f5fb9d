package phifleet.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phifleet.gateway.balance.DirectoryListener;
import phifleet.gateway.balance.FleetSnapshot;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.history.FleetEvent;
import phifleet.gateway.history.FleetEventRing;
import phifleet.http.Exchange;
import phifleet.http.json.JsonOutput;

/**
 * The fleet as server-sent events: {@code snapshot} first, then {@code worker} for each that changed, {@code removed} for
 * one that is forgotten, {@code happened} for what happened or was done, {@code gateway} for the sums. States are told at once, numbers once a second. A client that reads
 * too slowly misses changes and gets a snapshot when it has caught up. Each event loop has one, for its own clients.
 */
final class FleetEvents implements DirectoryListener {
    private static final long PERIOD_MILLIS = 1_000;

    /** A comment every so many periods keeps intermediaries from closing a quiet stream. */
    private static final int HEARTBEAT_PERIODS = 15;

    /** Bytes that may wait in a client's socket before it misses changes. */
    private static final int MAX_QUEUED_BYTES = 256 * 1024;

    private static final int MAX_CLIENTS = 500;
    private static final String EVENTS = "text/event-stream";

    private final FleetView view;
    private final WorkerDirectory directory;
    private final Context context;
    private final Map<HttpServerResponse, Boolean> behind = new HashMap<>();
    private final Map<String, JsonNode> told = new HashMap<>();
    private final FleetEventRing events;
    private long happened;
    private long number;
    private int periods;

    /** Call on the event loop that it is for. */
    FleetEvents(Vertx vertx, FleetView view, WorkerDirectory directory, FleetEventRing events) {
        this.events = events;
        this.view = view;
        this.directory = directory;
        this.context = vertx.getOrCreateContext();
        vertx.setPeriodic(PERIOD_MILLIS, id -> period());
        directory.listen(this);
    }

    @Override
    public void changed(FleetSnapshot snapshot) {
        context.runOnContext(on -> tell());
    }

    /** Takes a client in; false where there are too many. */
    boolean open(Exchange exchange) {
        if (behind.size() >= MAX_CLIENTS) {
            return false;
        }
        HttpServerResponse response = exchange.response();
        if (exchange.request().method().equals(HttpMethod.HEAD)) {
            exchange.answer(200, EVENTS, Buffer.buffer());
            return true;
        }
        exchange.sendAsItIs();
        exchange.begin(200, EVENTS);
        response.putHeader("Cache-Control", "no-store")
                // NGINX would hold events back until its buffer is full.
                .putHeader("X-Accel-Buffering", "no")
                .setChunked(true)
                .setWriteQueueMaxSize(MAX_QUEUED_BYTES);
        exchange.onHangUp(() -> behind.remove(response));
        behind.put(response, false);
        response.write("retry: 2000\n\n");
        response.write(event("snapshot", view.fleet()));
        return true;
    }

    private void period() {
        periods++;
        if (periods % HEARTBEAT_PERIODS == 0) {
            send(": still here\n\n");
        }
        tell();
    }

    private void tell() {
        List<FleetEvent> news = events.after(happened, FleetEventRing.MOST);
        happened = news.isEmpty() ? happened : news.getLast().number();
        if (behind.isEmpty()) {
            told.clear();
            return;
        }
        FleetSnapshot snapshot = directory.snapshot();
        StringBuilder text = new StringBuilder();
        Set<String> shown = new HashSet<>();
        for (Worker worker : FleetView.sorted(snapshot)) {
            ObjectNode now = view.worker(worker);
            String id = worker.card().id();
            shown.add(id);
            if (differs(now, told.put(id, now))) {
                text.append(event("worker", now));
            }
        }
        for (String id : List.copyOf(told.keySet())) {
            if (!shown.contains(id)) {
                told.remove(id);
                text.append(event("removed", view.removed(id)));
            }
        }
        for (FleetEvent one : news) {
            JsonOutput data = new JsonOutput(256);
            HistoryRoutes.event(one, data);
            text.append(event("happened", data.takeLast().toString()));
        }
        text.append(event("gateway", view.gateway(snapshot)));
        send(text.toString());
    }

    /** Ages alone are no news. */
    private static boolean differs(ObjectNode now, JsonNode before) {
        return !(before instanceof ObjectNode known) || !withoutAges(now).equals(withoutAges(known));
    }

    private static ObjectNode withoutAges(ObjectNode worker) {
        ObjectNode copy = worker.deepCopy();
        copy.remove(List.of("state_seconds", "readings_age_ms"));
        return copy;
    }

    private void send(String text) {
        for (Map.Entry<HttpServerResponse, Boolean> client : behind.entrySet()) {
            HttpServerResponse response = client.getKey();
            if (response.writeQueueFull()) {
                client.setValue(true);
            } else if (client.getValue()) {
                client.setValue(false);
                response.write(event("snapshot", view.fleet()));
            } else {
                response.write(text);
            }
        }
    }

    private String event(String name, Object data) {
        number++;
        return "id: " + number + "\nevent: " + name + "\ndata: " + data + "\n\n";
    }
}
