package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bad request gets the same status, headers and body from a worker and from a gateway before it. */
class SameEdgeTest {
    private static final String KEY = BothPrograms.KEY;
    private static BothPrograms both;

    @BeforeAll
    static void start() {
        both = new BothPrograms();
    }

    @AfterAll
    static void stop() {
        both.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/embed",
                "/",
                "/v1/embeddings",
                "/embeddings",
                "/similarity",
                "/tokenize",
                "/decode",
                "/rerank",
                "/predict",
                "/embed_all",
                "/embed_sparse",
                "/extract",
                "/v1/embed",
                "/v2/embed",
                "/validate",
                "/validate/batch",
                "/validate/curve",
                "/v2/models/x/infer",
                "/nothing"
            })
    void badRequests_areRefusedAlikeOnEachPath(String path) {
        String json = "Content-Type: application/json\r\n";
        String good = "Content-Length: 2\r\n\r\n{}";
        same(401, "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + json + good);
        same(401, "POST " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer no\r\n" + json + good);
        same(400, "POST " + path + " HTTP/1.1\r\nHost: x\r\nHost: y\r\n" + KEY + json + good);
        same(400, "POST " + path + " HTTP/1.1\r\n" + KEY + json + good);
        if (!path.equals("/nothing") && !path.startsWith("/v2")) {
            same(413, "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + KEY + json + "Content-Length: 999999\r\n\r\n");
        }
        same(-1, "DELETE " + path + " HTTP/1.1\r\nHost: x\r\n" + KEY + "\r\n");
        same(-1, "POST " + path + " HTTP/1.1\r\nHost: x\r\nauthorization: bEARER k\r\n" + json + good);
        same(-1, "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + KEY + "Content-Type: text/plain\r\n" + good);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "-5", "600001", "99999999999999999999", "1.5", ""})
    void deadlineThatIsNone_is400FromBothInTheDialectOfTheBody(String value) {
        for (String body : List.of("{\"texts\":[\"a\"]}", "{\"inputs\":\"a\"}")) {
            for (String path : List.of("/embed", "/v1/embeddings", "/validate", "/similarity")) {
                String answer = same(
                        -1,
                        "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + KEY
                                + "Content-Type: application/json\r\nX-Request-Timeout-Ms: " + value
                                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                assertThat(answer).contains("a whole number from 1 to 600000").matches("(?s)HTTP/1.1 4(00|22) .*");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/embed%", "/embed?x=%zz%", "/a%4", "*", "embed"})
    void targetThatIsNone_is400FromBoth(String target) {
        String answer = same(-1, "POST " + target + " HTTP/1.1\r\nHost: x\r\n" + KEY + "Content-Length: 0\r\n\r\n");
        if (!target.contains("?")) {
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"invalid_target\"");
        }
    }

    @Test
    void connect_isNotWhatThisIsFor() {
        same(405, "CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n" + KEY + "\r\n");
    }

    @Test
    void hostThatIsEmpty_isLegal_andHttp10NeedsNone() {
        same(200, "GET /health/live HTTP/1.1\r\nHost: \r\n\r\n");
        for (int port : both.ports()) {
            assertThat(BothPrograms.ask(port, "GET /health/live HTTP/1.0\r\n\r\n"))
                    .contains(" 200 OK");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/2.0", "HTTP/0.9", "HTTP/9.9"})
    void versionThatIsNotSpoken_is505FromBoth(String version) {
        for (int port : both.ports()) {
            assertThat(BothPrograms.ask(port, "GET /health/live " + version + "\r\nHost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 505 ")
                    .contains("\"http_version_not_supported\"");
        }
    }

    @Test
    void whatIsShownOfARequest_hasNoControlCharacters() {
        String body = "{\"texts\":[\"a\"],\"model\":\"a\\u0000\\nb\"}";
        assertThat(same(
                        404,
                        "POST /embed HTTP/1.1\r\nHost: x\r\n" + KEY
                                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                + body))
                .contains("the model 'a\\\\u0000\\\\u000ab' does not exist");
    }

    @Test
    void bodyThatDoesNotCome_is408FromBoth() {
        same(
                408,
                "POST /embed HTTP/1.1\r\nHost: x\r\n" + KEY
                        + "Content-Type: application/json\r\nContent-Length: 20\r\n\r\n{\"inp");
    }

    private static String same(int status, String request) {
        return both.same(status, request);
    }
}
