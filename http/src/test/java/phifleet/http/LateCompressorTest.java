package phifleet.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections of which some requests ask for compressed answers. */
@Timeout(30)
class LateCompressorTest {
    private static final String TEXT = "a parcel of the fleet ".repeat(2_000);
    private static final String LENGTH = "content-length: ";
    private static final String PLAIN = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String PACKED = "GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                    .setCompressionSupported(true)
                    .addCompressor(StandardCompressionOptions.gzip()))
            .connectionHandler(Framing::watch)
            // Later, so that what follows on the connection is there before the answer.
            .requestHandler(
                    request -> vertx.setTimer(20, passed -> request.response().end(Buffer.buffer(TEXT))))
            .listen(0, "127.0.0.1")
            .await();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    /** Reads one answer; the encoding of its body. */
    private static String encoding(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        String lower = head.toString().toLowerCase(Locale.ROOT);
        assertThat(lower).startsWith("http/1.1 200 ");
        if (lower.contains("transfer-encoding: chunked")) {
            for (int size = size(in); size > 0; size = size(in)) {
                in.skipNBytes(size + 2L);
            }
            in.skipNBytes(2);
        } else {
            String from = lower.substring(lower.indexOf(LENGTH) + LENGTH.length());
            in.skipNBytes(Integer.parseInt(from.substring(0, from.indexOf('\r'))));
        }
        return lower.contains("content-encoding: gzip") ? "gzip" : "none";
    }

    private static int size(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (char next = (char) in.readUnsignedByte(); next != '\n'; next = (char) in.readUnsignedByte()) {
            line.append(next);
        }
        return Integer.parseInt(line.toString().strip(), 16);
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
    }

    private static void send(Socket socket, String requests) throws IOException {
        socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void answers_areCompressed_fromTheFirstRequestOnThatAsks_whereTheyAreAsked() throws IOException {
        try (Socket socket = connect()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (String[] turn :
                    new String[][] {{PLAIN, "none"}, {PACKED, "gzip"}, {PLAIN, "none"}, {PACKED, "gzip"}}) {
                send(socket, turn[0]);
                assertThat(encoding(in)).isEqualTo(turn[1]);
            }
        }
    }

    @Test
    void requests_inOneWrite_areAllAnswered_inTheirOrder() throws IOException {
        try (Socket socket = connect()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            send(socket, PLAIN + PACKED + PLAIN);
            // The compressor does not come in between a request and its answer.
            for (int i = 0; i < 3; i++) {
                assertThat(encoding(in)).isEqualTo("none");
            }
            send(socket, PACKED + PLAIN + PACKED);
            assertThat(encoding(in)).isEqualTo("gzip");
            assertThat(encoding(in)).isEqualTo("none");
            assertThat(encoding(in)).isEqualTo("gzip");
        }
    }

    @Test
    void connection_canStillBecomeOneOfHttp2() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.body()).isEqualTo(TEXT);
        }
    }
}
