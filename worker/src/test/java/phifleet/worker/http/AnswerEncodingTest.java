package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.http.RawClient;

/** Answers compressed where their clients ask for it, and HTTP/2 with prior knowledge, from both programs. */
class AnswerEncodingTest {
    private static BothPrograms both;
    private static Vertx vertx;
    private static HttpClient first;
    private static HttpClient second;

    @BeforeAll
    static void start() {
        both = new BothPrograms();
        vertx = Vertx.vertx();
        first = vertx.createHttpClient(new HttpClientOptions());
        second = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
        both.close();
    }

    private record Answer(HttpClientResponse head, Buffer body) {}

    private static Answer embed(HttpClient client, int port, int texts, String encodings) {
        // An answer's body is asked for where its head is told, on the client's loop: asked for from here it may be
        // past.
        String body = "{\"texts\":[\"a\"" + ",\"a\"".repeat(texts - 1) + "]}";
        return client.request(HttpMethod.POST, port, "127.0.0.1", "/embed")
                .compose(request -> request.putHeader("Authorization", "Bearer k")
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Accept-Encoding", encodings)
                        .send(Buffer.buffer(body))
                        .compose(answer -> answer.body().map(bytes -> new Answer(answer, bytes))))
                .await();
    }

    /** The longer one is streamed in parts. */
    @ParameterizedTest
    @CsvSource({"400, gzip", "400, deflate", "2048, gzip", "2048, deflate"})
    void longAnswer_isCompressedAsAskedFor(int texts, String encoding) throws IOException {
        for (HttpClient client : List.of(first, second)) {
            for (int port : both.ports()) {
                byte[] plain = embed(client, port, texts, "identity").body().getBytes();
                Answer answer = embed(client, port, texts, encoding);
                assertThat(answer.head().getHeader("Content-Encoding")).isEqualTo(encoding);
                assertThat(answer.body().length()).isLessThan(plain.length / 2);
                try (InputStream in = inflating(encoding, answer.body().getBytes())) {
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    assertThat(text.substring(0, text.indexOf("\"model\"")))
                            .isEqualTo(beginning(new String(plain, StandardCharsets.UTF_8)));
                }
            }
        }
    }

    private static String beginning(String text) {
        return text.substring(0, text.indexOf("\"model\""));
    }

    private static InputStream inflating(String encoding, byte[] bytes) throws IOException {
        InputStream in = new ByteArrayInputStream(bytes);
        return encoding.equals("gzip") ? new GZIPInputStream(in) : new InflaterInputStream(in);
    }

    @Test
    void longAnswer_withNothingAskedForOrRefused_isPlain() {
        for (int port : both.ports()) {
            for (String encodings : List.of("", "identity", "gzip;q=0", "zstd")) {
                Answer answer = embed(first, port, 400, encodings);
                assertThat(answer.head().getHeader("Content-Encoding")).isNull();
                assertThat(answer.body().toString()).startsWith("{");
            }
        }
    }

    @Test
    void shortAnswer_isNotWorthIt() {
        for (int port : both.ports()) {
            assertThat(embed(first, port, 1, "gzip").head().getHeader("Content-Encoding"))
                    .isNull();
        }
    }

    @Test
    void events_comeAsTheyAre() {
        try (RawClient client = new RawClient(both.gateway())) {
            client.send(
                    "GET /fleet/events HTTP/1.1\r\nHost: x\r\n" + BothPrograms.KEY + "Accept-Encoding: gzip\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("content-encoding");
        }
    }

    @Test
    void http2WithPriorKnowledge_isServed_andRefusedAlike() {
        for (int port : both.ports()) {
            Answer answer = embed(second, port, 1, "identity");
            assertThat(answer.head().version()).isEqualTo(HttpVersion.HTTP_2);
            assertThat(answer.head().statusCode()).isEqualTo(200);
            int status = second.request(HttpMethod.POST, port, "127.0.0.1", "/embed")
                    .compose(request -> request.putHeader("Authorization", "Bearer k")
                            .putHeader("Content-Type", "application/json")
                            .send(Buffer.buffer("{")))
                    .map(HttpClientResponse::statusCode)
                    .await();
            assertThat(status).isEqualTo(400);
        }
    }
}
