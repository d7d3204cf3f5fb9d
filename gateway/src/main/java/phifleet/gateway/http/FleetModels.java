package phifleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import phifleet.common.FleetHeaders;
import phifleet.common.Problem;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.http.BodyReader;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.Urgency;
import phifleet.http.json.Excerpt;

/**
 * Loads or unloads a model on every worker of the fleet at once: one that does not do it is named in the answer, and what the others
 * did stands. For one event loop.
 */
final class FleetModels implements Endpoint {
    /** A worker that takes no connection for so long does not do it. */
    private static final int CONNECT_MILLIS = 1_000;

    /** As many changes at once, for each worker. */
    private static final int MOST_AT_ONCE = 8;

    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    private final WorkerDirectory directory;
    private final HttpClient client;

    /** Call on the event loop that it is for. */
    FleetModels(Vertx vertx, WorkerDirectory directory) {
        this.directory = directory;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS),
                new PoolOptions().setHttp1MaxSize(MOST_AT_ONCE));
    }

    /**
     * What one worker said.
     *
     * @param status 502 where it said nothing
     */
    private record Said(String worker, int status, String reason) {
        boolean done() {
            return status == 200;
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
                List<Future<Said>> asked = new ArrayList<>();
                workers.forEach(worker -> asked.add(one(exchange, worker, body, Math.max(1, millis))));
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
                    case JOINING, READY, EJECTED -> true;
                    case DRAINING, GONE -> false;
                };
    }

    private Future<Said> one(Exchange exchange, Worker worker, Buffer body, long millis) {
        String id = worker.card().id();
        RequestOptions options = WorkerChallenge.get(
                        worker, String.valueOf(exchange.request().path()))
                .setMethod(HttpMethod.POST)
                .setTimeout(millis);
        return client.request(options)
                .compose(request -> {
                    // Its own reset is told to it too.
                    request.exceptionHandler(broken -> {});
                    ProxyHeaders.copyRequest(exchange.request(), request.headers());
                    request.headers().set(FleetHeaders.REQUEST_ID, exchange.requestId());
                    return request.send(body)
                            .compose(answer -> answer.body().map(said -> said(id, answer.statusCode(), said)))
                            .timeout(millis, TimeUnit.MILLISECONDS)
                            .onFailure(late -> request.reset());
                })
                .recover(failure ->
                        Future.succeededFuture(new Said(id, 502, "it does not answer: " + failure.getMessage())))
                .onSuccess(said -> directory.ask(worker));
    }

    private static Said said(String worker, int status, Buffer body) {
        return new Said(worker, status == 200 || status >= 400 ? status : 502, reason(status, body));
    }

    private static String reason(int status, Buffer said) {
        if (status == 200 || said.length() > MAX_ANSWER_BYTES) {
            return "status " + status;
        }
        try {
            return String.valueOf(new JsonObject(said).getValue("error"));
        } catch (DecodeException e) {
            return "status " + status + ": " + Excerpt.of(said.toString());
        }
    }

    private static void answer(Exchange exchange, List<Said> all) {
        List<Said> failed = all.stream().filter(said -> !said.done()).toList();
        if (failed.isEmpty()) {
            exchange.answerEmpty(200);
            return;
        }
        int status = failed.stream().mapToInt(Said::status).max().orElseThrow();
        exchange.refuse(Problem.of(
                status,
                "not_on_all_workers",
                failed.size() + " of " + all.size() + " workers did not do it: "
                        + failed.stream()
                                .map(said -> said.worker() + ": " + said.reason())
                                .collect(Collectors.joining("; ")),
                "model"));
    }
}
