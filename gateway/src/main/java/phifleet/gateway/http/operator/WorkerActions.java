package phifleet.gateway.http.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import phifleet.common.Problem;
import phifleet.gateway.balance.Cordoning;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.balance.WorkerState;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.PathNames;
import phifleet.http.dialect.Problems;
import phifleet.http.endpoint.QueryFlag;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonOutput;

/**
 * {@code POST /fleet/workers/{id}/cordon}, {@code …/drain}, {@code …/resume}. The worker keeps the word and tells every gateway by its
 * {@code /info}; this one passes it over before it answers. For one event loop.
 */
public final class WorkerActions implements Endpoint {
    static final String PREFIX = "/fleet/workers/";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A message names so many models. */
    private static final int MOST_NAMED = 16;

    private final WorkerDirectory directory;
    private final CordonCalls calls;
    private final FleetActions actions;
    private final LongSupplier nanos;

    /** What can be done to a worker. */
    private enum Action {
        CORDON,
        DRAIN,
        RESUME;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param nanos the directory's clock */
    public WorkerActions(WorkerDirectory directory, CordonCalls calls, FleetActions actions, LongSupplier nanos) {
        this.directory = directory;
        this.calls = calls;
        this.actions = actions;
        this.nanos = nanos;
    }

    @Override
    public void handle(Exchange exchange) {
        String path = String.valueOf(exchange.request().path());
        String[] parts = path.substring(PREFIX.length()).split("/", -1);
        Optional<Action> action = Stream.of(Action.values())
                .filter(known -> parts.length == 2 && known.label().equals(parts[1]))
                .findFirst();
        if (action.isEmpty()) {
            exchange.refuse(Problems.notFound());
            return;
        }
        Optional<Worker> worker =
                PathNames.decode(parts[0]).flatMap(directory::find).filter(known -> known.state() != WorkerState.GONE);
        if (worker.isEmpty()) {
            exchange.refuse(Problem.of(404, "unknown_worker", "no worker has the id " + Excerpt.of(parts[0]), null));
            return;
        }
        switch (action.get()) {
            case CORDON -> cordon(exchange, worker.get(), false);
            case DRAIN -> cordon(exchange, worker.get(), true);
            case RESUME -> resume(exchange, worker.get());
        }
    }

    private void cordon(Exchange exchange, Worker worker, boolean drain) {
        switch (QueryFlag.read(exchange.request(), "force")) {
            case QueryFlag.Wrong wrong -> exchange.refuse(wrong.problem());
            case QueryFlag.Is(boolean force) -> cordon(exchange, worker, drain, force);
        }
    }

    private void cordon(Exchange exchange, Worker worker, boolean drain, boolean force) {
        boolean before = worker.state() == WorkerState.CORDONED;
        String id = worker.card().id();
        switch (directory.cordon(worker, force)) {
            case Cordoning.Done done -> told(exchange, worker, drain, before);
            case Cordoning.LastWorker last ->
                exchange.refuse(Problem.of(
                        409,
                        "last_worker",
                        "no other worker than " + id
                                + " takes requests, so that all would fail; ?force=true does it all the same",
                        null));
            case Cordoning.LastHolder(List<String> models) ->
                exchange.refuse(Problem.of(
                        409,
                        "last_holder",
                        "no other worker than " + id + " that takes requests has or could load " + some(models)
                                + ", so that requests for them would fail; ?force=true does it all the same",
                        null));
        }
    }

    private static String some(List<String> models) {
        String named = models.stream().limit(MOST_NAMED).map(Excerpt::of).collect(Collectors.joining(", "));
        return models.size() <= MOST_NAMED ? named : named + " and " + (models.size() - MOST_NAMED) + " more";
    }

    private void told(Exchange exchange, Worker worker, boolean drain, boolean before) {
        calls.cordon(worker, drain)
                .onComplete(said -> exchange.run(() -> {
                    directory.cordoned(worker, said.succeeded() || before, nanos.getAsLong());
                    if (said.failed()) {
                        refuse(exchange, said.cause());
                        return;
                    }
                    if (said.result().changed()) {
                        done(drain ? Action.DRAIN : Action.CORDON, worker);
                    }
                    if (drain) {
                        boolean changed = said.result().changed();
                        new WorkerDrain(
                                        exchange,
                                        worker,
                                        calls,
                                        nanos,
                                        word -> answer(exchange, worker, word, changed, true))
                                .begin();
                    } else {
                        answer(exchange, worker, said.result(), said.result().changed(), false);
                    }
                }));
    }

    private void resume(Exchange exchange, Worker worker) {
        calls.resume(worker)
                .onComplete(said -> exchange.run(() -> {
                    if (said.failed()) {
                        refuse(exchange, said.cause());
                        return;
                    }
                    directory.cordoned(worker, false, nanos.getAsLong());
                    if (said.result().changed()) {
                        done(Action.RESUME, worker);
                    }
                    answer(exchange, worker, said.result(), said.result().changed(), false);
                }));
    }

    private void done(Action action, Worker worker) {
        actions.done(FleetAction.ADMIN, action.label(), worker.card().id(), null);
    }

    private static void refuse(Exchange exchange, Throwable failure) {
        exchange.refuse(Problem.of(502, "worker_failed", String.valueOf(failure.getMessage()), null));
    }

    private static void answer(
            Exchange exchange, Worker worker, CordonCalls.Word word, boolean changed, boolean drained) {
        ObjectNode view = JSON.createObjectNode()
                .put("worker", worker.card().id())
                .put("state", worker.state().label())
                .put("changed", changed)
                .put("in_hand", word.inHand());
        if (drained) {
            view.put("drained", true).put("cordoned_ms", word.millis());
        }
        exchange.answer(200, JsonOutput.MEDIA_TYPE, Buffer.buffer(view.toString()));
    }
}
