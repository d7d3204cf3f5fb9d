package phifleet.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies that are held up, at both ends of a connection. */
class BackpressureTest {
    private static final long HELD_UP_MILLIS = 300;
    private static final byte[] BODY = new byte[16 << 20];

    static {
        new Random(1).nextBytes(BODY);
    }

    private final Vertx vertx = Vertx.vertx();

    /** What came of a body: all of it, and how much of it waited while it was held up: told before its socket is read again. */
    private static final class Received {
        final Buffer all = Buffer.buffer();
        final Promise<Void> whole = Promise.promise();
        int beforePause;

        /** Too much where all came before it was asked about. */
        int waited = Integer.MAX_VALUE;
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private HttpServer serve(Consumer<HttpServerRequest> routes) {
        return vertx.createHttpServer(new HttpServerOptions().setMaxChunkSize(EdgeServer.MAX_CHUNK_BYTES))
                .requestHandler(routes::accept)
                .listen(0, "127.0.0.1")
                .await();
    }

    private HttpClient client() {
        return vertx.createHttpClient(new HttpClientOptions().setMaxChunkSize(EdgeServer.MAX_CHUNK_BYTES));
    }

    @Test
    void request_thatIsHeldUp_keepsWhatOneReadingGave_andGoesOnWhole() {
        Received received = new Received();
        HttpServer server = serve(request -> {
            request.handler(chunk -> {
                received.all.appendBuffer(chunk);
                if (received.beforePause == 0) {
                    received.beforePause = received.all.length();
                    Backpressure.pause(request);
                    vertx.setTimer(HELD_UP_MILLIS, passed -> request.resume());
                    vertx.setTimer(2 * HELD_UP_MILLIS, passed -> {
                        received.waited = received.all.length() - received.beforePause;
                        Backpressure.resume(request);
                    });
                }
            });
            request.endHandler(end -> request.response().end("all"));
        });
        HttpClient client = client();
        for (int i = 0; i < 2; i++) {
            // The second over the same connection, which must not have stayed held up.
            String answer = client.request(HttpMethod.POST, server.actualPort(), "127.0.0.1", "/")
                    .compose(request -> request.send(Buffer.buffer(BODY)).compose(HttpClientResponse::body))
                    .await()
                    .toString();
            assertThat(answer).isEqualTo("all");
        }
        assertThat(received.waited).isBetween(0, Backpressure.MOST_WAITING_BYTES);
        assertThat(received.all.length()).isEqualTo(2 * BODY.length);
        assertThat(received.all.getBytes(0, BODY.length)).isEqualTo(BODY);
    }

    @Test
    void answer_thatIsHeldUp_keepsWhatOneReadingGave_andGoesOnWhole() {
        HttpServer server = serve(request -> request.response().end(Buffer.buffer(BODY)));
        HttpClient client = client();
        for (int i = 0; i < 2; i++) {
            Received received = new Received();
            client.request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
                    .compose(request -> request.send().compose(answer -> holdUp(answer, received)))
                    .await();
            assertThat(received.waited).isBetween(0, Backpressure.MOST_WAITING_BYTES);
            assertThat(received.all.getBytes()).isEqualTo(BODY);
        }
    }

    private Future<Void> holdUp(HttpClientResponse answer, Received received) {
        answer.handler(received.all::appendBuffer);
        answer.endHandler(end -> received.whole.complete());
        Backpressure.pause(answer);
        vertx.setTimer(HELD_UP_MILLIS, passed -> answer.resume());
        vertx.setTimer(2 * HELD_UP_MILLIS, passed -> {
            received.waited = received.all.length();
            Backpressure.resume(answer);
        });
        return received.whole.future();
    }
}
