package phifleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import phifleet.common.FleetChanges;
import phifleet.common.FleetHeaders;
import phifleet.common.Problem;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.http.BodyReader;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.Urgency;

/**
 * Loads or unloads a model on every worker of the fleet at once: one that does not do it is named in the answer, and what the others
 * did stands, and is what those that join later are asked for ({@link LateWorkers}). Workers are asked as the gateway was, over HTTP or
 * gRPC. For one event loop.
 */
final class FleetModels implements Endpoint {
    /** The code of the problem that some did it and some did not. */
    static final String NOT_ON_ALL = "not_on_all_workers";

    /** A worker that takes no connection for so long does not do it. */
    private static final int CONNECT_MILLIS = 1_000;

    /** As many changes at once, for each worker. */
    private static final int MOST_AT_ONCE = 8;

    private final WorkerDirectory directory;
    private final FleetChanges changes;
    private final HttpClient client;
    private final Carrier carrier;

    /** Call on the event loop that it is for. */
    static FleetModels overHttp(Vertx vertx, WorkerDirectory directory, FleetChanges changes) {
        return new FleetModels(vertx, directory, changes, new HttpClientOptions(), Carrier.HTTP);
    }

    /** The same for gRPC calls. */
    static FleetModels overCalls(Vertx vertx, WorkerDirectory directory, FleetChanges changes) {
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
                List<Worker> workers = directory.snapshot().workers().stream()
                        .filter(FleetModels::isAsked)
                        .toList();
                if (workers.isEmpty()) {
                    exchange.refuse(Problem.of(503, "no_worker", "no worker is there to do it", null));
                    return;
                }
                long millis = TimeUnit.NANOSECONDS.toMillis(urgency.deadlineNanos() - System.nanoTime());
                String stamp = changes.stampAfterAll(System.currentTimeMillis());
                List<Future<Said>> asked = new ArrayList<>();
                workers.forEach(worker -> asked.add(one(exchange, worker, body, stamp, Math.max(1, millis))));
                Future.all(asked)
                        .onComplete(all -> exchange.run(() -> answer(
                                exchange, asked.stream().map(Future::result).toList())));
            }
        }
    }

    /** Those that leave are asked for nothing; those that fail may do it yet. */
    private static boolean isAsked(Worker worker) {
        return worker.trusted()
                && switch (worker.state()) {
                    case JOINING, READY, CORDONED, EJECTED -> true;
                    case DRAINING, GONE -> false;
                };
    }

    private Future<Said> one(Exchange exchange, Worker worker, Buffer body, String stamp, long millis) {
        int port = carrier.port(worker);
        Future<Carrier.Word> word = port == 0
                ? Future.succeededFuture(new Carrier.Word(503, "it takes no such calls"))
                : client.request(WorkerChallenge.get(
                                        worker,
                                        String.valueOf(exchange.request().path()))
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
