package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.http.RawClient;

/** Requests whose framing is wrong, or only looks so, get an answer before their connection closes, from both programs. */
class FramingTest {
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
                "g\r\n{\"inputs\"",
                "-2\r\n{}\r\n0\r\n\r\n",
                "2\r\n{}xx0\r\n\r\n",
                "\r\n{}\r\n0\r\n\r\n",
                "100000002\r\n{}\r\n0\r\n\r\n",
                "2 \u00e9\u0000\r\n{}\r\n0x\r\n\r\n",
                "2\r\n{}\r\nzz\r\n"
            })
    void chunkThatIsNone_is400FromBoth_andTheConnectionCloses(String chunks) {
        for (String path : List.of("/embed", "/v1/embeddings", "/similarity", "/nothing")) {
            String request = "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + BothPrograms.KEY
                    + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks;
            if (path.equals("/nothing")) {
                // The worker knows at the head that nothing is there, the gateway does not.
                assertThat(BothPrograms.ask(both.gateway(), request)).startsWith("HTTP/1.1 400 ");
            } else {
                assertThat(both.same(400, request)).contains("a chunk of the body");
            }
            for (int port : both.ports()) {
                try (RawClient client = new RawClient(port)) {
                    client.send(request).answer();
                    assertThat(client.isClosedByServer()).isTrue();
                }
            }
        }
    }

    @Test
    void chunkThatIsNone_inAPipeline_isAnsweredInItsTurn() {
        String head = "POST /v1/embeddings HTTP/1.1\r\nHost: x\r\n" + BothPrograms.KEY
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (int port : both.ports()) {
            try (RawClient client = new RawClient(port)) {
                client.send(head + "d\r\n{\"input\":\"a\"}\r\n0\r\n\r\n" + head + "g\r\n");
                assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
                assertThat(client.answer()).matches("(?s)HTTP/1.[01] 400 .*");
                assertThat(client.isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    void chunkThatIsNone_afterARequestThatReadsNoBody_closesTheConnection() {
        for (int port : both.ports()) {
            try (RawClient client = new RawClient(port)) {
                client.send("GET /health HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
                assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
                client.send("g\r\n");
                assertThat(client.isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    void chunkExtensionsAndTrailers_areLegal() {
        String body = "{\"inputs\":\"a\"}";
        for (String extension : List.of(";ext=1", ";ext=\"a b\";other", " ;ext")) {
            for (int port : both.ports()) {
                String request = "POST /embed HTTP/1.1\r\nHost: x\r\n" + BothPrograms.KEY
                        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(body.length()) + extension + "\r\n" + body
                        + "\r\n0;last\r\nX-Trailer: t\r\n\r\n";
                assertThat(BothPrograms.ask(port, request)).as(extension).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void trailersTooLarge_are431FromBoth() {
        both.same(
                431,
                "POST /embed HTTP/1.1\r\nHost: x\r\n" + BothPrograms.KEY
                        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-Long: "
                        + "x".repeat(40_000) + "\r\n\r\n");
    }
}
