package phifleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.gateway.balance.DirectorySettings;

/** The page is the gateway's own: it needs no worker, and no key. */
@Timeout(60)
class SiteEndpointTest {
    private static GatewayFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new GatewayFixture(0, GatewayFixture.PROXY, "secret", DirectorySettings.DEFAULT);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/docs", "/assets/main.js", "/assets/site.css", "/assets/icon.svg"})
    void files_areServedWithoutAKeyAndWithoutWorkers(String path) throws Exception {
        HttpResponse<String> answer = fixture.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("ETag")).isPresent();
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void key_isStillAskedForByAllElse() throws Exception {
        assertThat(fixture.get("/fleet").statusCode()).isEqualTo(401);
        assertThat(fixture.get("/fleet/events").statusCode()).isEqualTo(401);
    }

    @Test
    void gzip_isSentToThoseWhoTakeIt_andNothingTwice() throws Exception {
        HttpResponse<byte[]> plain = send("GET", "/assets/main.js", Map.of());
        HttpResponse<byte[]> gzip = send("GET", "/assets/main.js", Map.of("Accept-Encoding", "gzip"));
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(gzip.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(gzip.headers().firstValue("Vary")).contains("Accept-Encoding");
        assertThat(gzip.body().length).isLessThan(plain.body().length);
        HttpResponse<byte[]> again = send(
                "GET",
                "/assets/main.js",
                Map.of(
                        "Accept-Encoding",
                        "gzip",
                        "If-None-Match",
                        gzip.headers().firstValue("ETag").orElseThrow()));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void head_hasTheLengthOfGet_andNoBody() throws Exception {
        HttpResponse<byte[]> head = send("HEAD", "/", Map.of());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .contains(Integer.toString(send("GET", "/", Map.of()).body().length));
    }

    @Test
    void otherMethods_areRefused() throws Exception {
        HttpResponse<String> post = fixture.post("/docs", "{}");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
    }

    /** By a client that sends the path as it stands. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/absent.js",
                "/assets/",
                "/assets/../index.html",
                "/assets/../../Site.class.js",
                "/assets/..%2f..%2fSite.class.js",
                "/assets/%2e%2e/index.html",
                "/assets//main.js",
                "/assets/lib/../main.js"
            })
    void pathsBesideThePage_areNotFound(String path) {
        int status = fixture.vertx
                .createHttpClient(
                        new HttpClientOptions().setDefaultPort(fixture.port).setDefaultHost("127.0.0.1"))
                .request(HttpMethod.GET, path)
                .compose(request -> request.send())
                .map(response -> response.statusCode())
                .await();
        assertThat(status).isEqualTo(404);
    }

    private static HttpResponse<byte[]> send(String method, String path, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = fixture.request(path).method(method, HttpRequest.BodyPublishers.noBody());
        headers.forEach(request::header);
        return fixture.client.send(request.build(), BodyHandlers.ofByteArray());
    }
}
