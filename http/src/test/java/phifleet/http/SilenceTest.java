package phifleet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SilenceTest {
    private static final int IDLE_MILLIS = 200;
    private static final int LATE_MILLIS = 5 * IDLE_MILLIS;

    private final Vertx vertx = Vertx.vertx();
    private final Promise<Void> closed = Promise.promise();
    private final HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                    .setIdleTimeout(IDLE_MILLIS)
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                    .setHttp2ClearTextEnabled(true))
            .connectionHandler(connection -> {
                Silence.watch(connection);
                connection.closeHandler(gone -> closed.tryComplete());
            })
            .requestHandler(this::answerLate)
            .listen(0, "127.0.0.1")
            .await();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private void answerLate(HttpServerRequest request) {
        Silence silence = Silence.of(request.connection());
        silence.waits();
        if ("/begun".equals(request.path())) {
            silence.ends();
            request.response().setChunked(true).write("a part, and ");
            return;
        }
        vertx.setTimer(LATE_MILLIS, passed -> {
            silence.ends();
            request.response().end("late");
        });
    }

    private Buffer get(HttpVersion version, String path) {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false));
        return client.request(HttpMethod.GET, server.actualPort(), "127.0.0.1", path)
                .compose(request -> request.send().compose(HttpClientResponse::body))
                .await();
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void silentConnection_whileARequestWaits_staysOpen_andIsClosedAfterIt(HttpVersion version) {
        assertThat(get(version, "/")).hasToString("late");

        assertThat(closed.future().timeout(30, TimeUnit.SECONDS).await()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void silentConnection_withinAnAnswer_isClosed(HttpVersion version) {
        assertThatThrownBy(() -> get(version, "/begun")).isNotNull();
    }
}
