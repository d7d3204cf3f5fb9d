package phifleet.gateway.http.operator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import phifleet.common.FleetChange;
import phifleet.common.FleetChanges;
import phifleet.common.FleetHeaders;
import phifleet.common.ModelRoutes;
import phifleet.common.Problem;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.http.probe.Carrier;
import phifleet.gateway.http.probe.LateWorkers;
import phifleet.gateway.http.probe.WorkerChallenge;
import phifleet.gateway.http.proxy.ProxyHeaders;
import phifleet.http.BodyReader;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.Urgency;
import phifleet.http.dialect.Problems;

/**
 * Loads or unloads a model on every worker of the fleet at once: one that does not do it is named in the answer, and what the others
 * did stands, and is what those that join later are asked for ({@link LateWorkers}). Workers are asked as the gateway was, over HTTP or
 * gRPC. For one event loop.
 */
public final class FleetModels implements Endpoint {
    /** The code of the problem that some did it and some did not. */
    static final String NOT_ON_ALL = "not_on_all_workers";

    /** A worker that takes no connection for so long does not do it. */
    private static final int CONNECT_MILLIS = 1_000;

    /** As many changes at once, for each worker. */
    private static final int MOST_AT_ONCE = 8;

    private static final String WEIGHTS = "/" + FleetChange.Action.WEIGHTS.label();

    private final WorkerDirectory directory;
    private final FleetChanges changes;
    private final HttpClient client;
    private final Carrier carrier;

    /** Call on the event loop that it is for. */
    public static FleetModels overHttp(Vertx vertx, WorkerDirectory directory, FleetChanges changes) {
        return new FleetModels(vertx, directory, changes, new HttpClientOptions(), Carrier.HTTP);
    }

    /** The same for gRPC calls. */
    public static FleetModels overCalls(Vertx vertx, WorkerDirectory directory, FleetChanges changes) {
        HttpClientOptions calls =
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);
        return new FleetModels(vertx, directory, changes, calls, Carrier.CALLS);
    }

    private FleetModels(
            Vertx vertx, WorkerDirectory directory, FleetChanges changes, HttpClientOptions options, Carrier carrier) {
        this.directory = directory;
        this.changes = changes;
        this.carrier = carrier;
        this.client = vertx.createHttpClient(
                options.setConnectTimeout(CONNECT_MILLIS), new PoolOptions().setHttp1MaxSize(MOST_AT_ONCE));
    }

    /** What one worker said. */
    private record Said(String worker, Carrier.Word word) {
        boolean done() {
            return word.status() == 200;
        }
    }

    @Override
    public void handle(Exchange exchange) {
        if (String.valueOf(exchange.request().path()).endsWith(WEIGHTS)) {
            // Gateways alone have workers keep them, once they were read.
            exchange.refuse(Problems.notFound());
            return;
        }
        long limit = Math.min(
                exchange.edge().settings().maxBodyBytes(),
                exchange.edge().budget().largest());
        BodyReader.readWhole(exchange, limit, body -> {
            Buffer copy = Buffer.buffer(body.buffer().getBytes());
            body.release();
            ask(exchange, copy);
        });
    }

    private void ask(Exchange exchange, Buffer body) {
        switch (exchange.urgency()) {
            case Urgency.Reading.Wrong(Problem problem) -> exchange.refuse(problem);
            case Urgency.Reading.Read(Urgency urgency) -> {
                String stamp = changes.stampAfterAll(System.currentTimeMillis());
                String uri = String.valueOf(exchange.request().path());
                all(exchange, uri, body, stamp, urgency, said -> answer(exchange, said));
            }
        }
    }

    /**
     * Has workers keep a change of this gateway's own, so that it outlives it. Over HTTP alone.
     *
     * @param done runs once they were asked, and one of them at least keeps it; else the exchange was refused
     */
    void keep(Exchange exchange, FleetChange change, Runnable done) {
        switch (exchange.urgency()) {
            case Urgency.Reading.Wrong(Problem problem) -> exchange.refuse(problem);
            case Urgency.Reading.Read(Urgency urgency) -> {
                JsonObject parameters = new JsonObject();
                if (change.config() != null) {
                    parameters.put("config", change.config());
                }
                String uri = ModelRoutes.naming(
                        ModelRoutes.REPOSITORY + "m/" + change.action().label(), change.model());
                Buffer body = new JsonObject().put("parameters", parameters).toBuffer();
                all(exchange, uri, body, change.stamp(), urgency, said -> {
                    if (said.stream().anyMatch(Said::done)) {
                        done.run();
                    } else {
                        answer(exchange, said);
                    }
                });
            }
        }
    }

    private void all(
            Exchange exchange, String uri, Buffer body, String stamp, Urgency urgency, Consumer<List<Said>> answered) {
        List<Worker> workers = directory.snapshot().workers().stream()
                .filter(FleetModels::isAsked)
                .toList();
        if (workers.isEmpty()) {
            exchange.refuse(Problem.of(503, "no_worker", "no worker is there to do it", null));
            return;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(urgency.deadlineNanos() - System.nanoTime());
        List<Future<Said>> asked = new ArrayList<>();
        workers.forEach(worker -> asked.add(one(exchange, worker, uri, body, stamp, Math.max(1, millis))));
        Future.all(asked)
                .onComplete(all -> exchange.run(
                        () -> answered.accept(asked.stream().map(Future::result).toList())));
    }

    /** Those that leave are asked for nothing; those that fail may do it yet. */
    private static boolean isAsked(Worker worker) {
        return worker.trusted()
                && switch (worker.state()) {
                    case JOINING, READY, CORDONED, EJECTED -> true;
                    case DRAINING, GONE -> false;
                };
    }

    private Future<Said> one(Exchange exchange, Worker worker, String uri, Buffer body, String stamp, long millis) {
        int port = carrier.port(worker);
        Future<Carrier.Word> word = port == 0
                ? Future.succeededFuture(new Carrier.Word(503, "it takes no such calls"))
                : client.request(WorkerChallenge.get(worker, uri)
                                .setPort(port)
                                .setMethod(HttpMethod.POST)
                                .setTimeout(millis))
                        .compose(request -> send(exchange, request, body, stamp, millis))
                        .recover(failure -> Future.succeededFuture(
                                new Carrier.Word(502, "it does not answer: " + failure.getMessage())));
        return word.map(said -> new Said(worker.card().id(), said)).onSuccess(said -> directory.ask(worker));
    }

    private Future<Carrier.Word> send(
            Exchange exchange, HttpClientRequest request, Buffer body, String stamp, long millis) {
        ProxyHeaders.copyRequest(exchange.request(), request.headers());
        request.headers().set(FleetHeaders.REQUEST_ID, exchange.requestId()).set(FleetHeaders.CHANGE, stamp);
        return carrier.ask(request, body, millis);
    }

    private void answer(Exchange exchange, List<Said> all) {
        List<Said> failed = all.stream().filter(said -> !said.done()).toList();
        if (failed.isEmpty()) {
            carrier.answerDone(exchange);
            return;
        }
        int status =
                failed.stream().mapToInt(said -> said.word().status()).max().orElseThrow();
        exchange.refuse(Problem.of(
                status,
                NOT_ON_ALL,
                failed.size() + " of " + all.size() + " workers did not do it: "
                        + failed.stream()
                                .map(said -> said.worker() + ": " + said.word().reason())
                                .collect(Collectors.joining("; ")),
                "model"));
    }
}
