package phifleet.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import phifleet.common.WorkerCard;
import phifleet.gateway.balance.DirectorySettings;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.http.GatewayServer;

/**
 * Sends requests through a gateway of its own to a server of its own, before the real one listens: a JVM that has just
 * started serves a tenth of what it will, and the first clients would pay for that. It is also what a start cache learns
 * from.
 */
final class WarmUp {
    private static final int AT_ONCE = 16;
    private static final int LONGEST_SECONDS = 3;
    private static final int LONGEST_LAST_SECONDS = 1;

    private WarmUp() {}

    /** Sends so many requests, or what it can in three seconds, and leaves nothing behind. Blocks at most five, never fails. */
    static void run(Vertx vertx, GatewayServer.Settings settings, int requests) throws InterruptedException {
        if (requests == 0) {
            return;
        }
        HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(AT_ONCE));
        HttpServer echo = vertx.createHttpServer()
                .requestHandler(request ->
                        request.body().onSuccess(body -> request.response().end("{\"status\":\"ready\"}")));
        WorkerDirectory directory = new WorkerDirectory(DirectorySettings.DEFAULT, System::nanoTime);
        GatewayServer gateway = new GatewayServer(vertx, directory, settings.onLoopback(), "warm-up", "warm-up");
        AtomicInteger left = new AtomicInteger(requests);
        Future<Void> done = echo.listen(0, "127.0.0.1")
                .compose(listening -> {
                    URI url = URI.create("http://127.0.0.1:" + listening.actualPort());
                    directory.members(List.of(new WorkerCard("echo", url, List.of(), "", "")));
                    return gateway.prepare().compose(ready -> gateway.listen());
                })
                .compose(port -> send(client, port, left));
        if (!awaitEnd(done, LONGEST_SECONDS)) {
            // Nothing is closed under requests that are under way.
            left.set(0);
            awaitEnd(done, LONGEST_LAST_SECONDS);
        }
        awaitEnd(Future.join(gateway.close(), echo.close(), client.close()), LONGEST_LAST_SECONDS);
    }

    /** Whether it ended in time, well or badly: a gateway that stays cold costs time and nothing else. */
    private static boolean awaitEnd(Future<?> future, int seconds) throws InterruptedException {
        try {
            future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static Future<Void> send(HttpClient client, int port, AtomicInteger left) {
        List<Future<Void>> all = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            all.add(next(client, port, left));
        }
        return Future.all(all).mapEmpty();
    }

    private static Future<Void> next(HttpClient client, int port, AtomicInteger left) {
        if (left.getAndDecrement() <= 0) {
            return Future.succeededFuture();
        }
        RequestOptions options = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setMethod(HttpMethod.POST)
                .setURI("/embed")
                .putHeader("Content-Type", "application/json");
        return client.request(options)
                .compose(request ->
                        request.send(Buffer.buffer("{\"texts\":[\"warm\"]}")).compose(answer -> answer.body()))
                .compose(body -> next(client, port, left));
    }
}
