package phifleet.gateway.http.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.http.probe.WorkerChallenge;
import phifleet.http.caller.ApiKey;
import phifleet.http.json.Excerpt;

/** Tells workers to keep new requests away, or to let them come, and asks how that stands. For one event loop. */
public final class CordonCalls {
    static final String PATH = "/fleet/cordon";
    private static final int CONNECT_MILLIS = 1_000;
    private static final long PATIENCE_MILLIS = 5_000;
    private static final int MOST_AT_ONCE = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final ApiKey adminKey;

    /**
     * What a worker says.
     *
     * @param isOpen whether requests may come
     * @param millis for how long that is so
     * @param changed whether it was another before
     * @param inHand requests that it has not answered yet, whoever sent them
     */
    record Word(boolean isOpen, long millis, boolean changed, int inHand) {}

    /** Call on the event loop that it is for. */
    public CordonCalls(Vertx vertx, ApiKey adminKey) {
        this.adminKey = adminKey;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS),
                new PoolOptions().setHttp1MaxSize(MOST_AT_ONCE));
    }

    /** @param drain whether streams end too, once nothing of them is in hand */
    Future<Word> cordon(Worker worker, boolean drain) {
        return ask(worker, HttpMethod.POST, drain ? PATH + "?drain=true" : PATH);
    }

    Future<Word> resume(Worker worker) {
        return ask(worker, HttpMethod.DELETE, PATH);
    }

    Future<Word> look(Worker worker) {
        return ask(worker, HttpMethod.GET, PATH);
    }

    /** Fails, with a sentence, where the worker does not do it. */
    private Future<Word> ask(Worker worker, HttpMethod method, String uri) {
        return client.request(WorkerChallenge.get(worker, uri)
                        .setMethod(method)
                        .putHeader("Authorization", adminKey.authorization()))
                .compose(request -> {
                    // Its own reset is told to it too.
                    request.exceptionHandler(broken -> {});
                    return request.send()
                            .compose(answer -> answer.body().compose(body -> read(worker, answer.statusCode(), body)))
                            .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                            .onFailure(late -> request.reset());
                })
                .recover(failure -> Future.failedFuture(
                        failure instanceof Refusal
                                ? failure
                                : new Refusal(
                                        "worker " + worker.card().id() + " does not answer: " + failure.getMessage())));
    }

    private static Future<Word> read(Worker worker, int status, Buffer body) {
        String id = worker.card().id();
        if (status == 401 || status == 404) {
            return Future.failedFuture(
                    new Refusal("worker " + id + " does not know this gateway's admin key (status " + status + ")"));
        }
        if (status != 200) {
            return Future.failedFuture(
                    new Refusal("worker " + id + " answers status " + status + ": " + Excerpt.of(body.toString())));
        }
        try {
            JsonNode word = JSON.readTree(body.getBytes());
            return Future.succeededFuture(new Word(
                    word.path("state").asText().equals("open"),
                    word.path("since_ms").asLong(),
                    word.path("changed").asBoolean(),
                    word.path("in_hand").asInt()));
        } catch (IOException e) {
            return Future.failedFuture(new Refusal("worker " + id + " answers no JSON"));
        }
    }

    /** Why a worker did not do it. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message, null, false, false);
        }
    }
}
