package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.testing.Workbench;

/** Tensors of requests one after another lie in the same memory: each answer must be of its own request. */
class SharedMemoryOfTensorsTest {
    private static final int ROWS = 8_192;
    private static final int CLIENTS = 4;
    private static final int REQUESTS = 40;
    private static final String HEAD = "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[" + ROWS
            + ",1],\"parameters\":{\"binary_data_size\":" + 4 * ROWS
            + "}}],\"parameters\":{\"binary_data_output\":true}}";

    private static byte[] body(float first) {
        ByteBuffer body = ByteBuffer.allocate(HEAD.length() + 4 * ROWS).order(ByteOrder.LITTLE_ENDIAN);
        body.put(HEAD.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < ROWS; i++) {
            body.putFloat(first + i);
        }
        return body.array();
    }

    @Test
    void infer_byManyAtOnce_someOfWhomLeave_eachGetsItsOwn(@TempDir Path folder) throws Exception {
        Path graph = TinyGraph.write(folder.resolve("plus.onnx"), 1);
        try (WorkerUnderTest worker = WorkerUnderTest.start(
                        Workbench.cache(), "models: [{id: plus, path: " + graph + "}]", Map.of());
                HttpClient client = HttpClient.newHttpClient();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int c = 0; c < CLIENTS; c++) {
                int number = c;
                running.add(threads.submit(() -> {
                    for (int i = 0; i < REQUESTS; i++) {
                        asks(client, worker.uri(), number * 100_000f + i);
                    }
                    return null;
                }));
            }
            running.add(threads.submit(() -> {
                for (int i = 0; i < REQUESTS; i++) {
                    leaves(worker.uri(), i);
                }
                return null;
            }));
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    private static void asks(HttpClient client, URI worker, float first) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(worker.resolve("/v2/models/plus/infer"))
                        .header("Inference-Header-Content-Length", Integer.toString(HEAD.length()))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body(first)))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        ByteBuffer found = ByteBuffer.wrap(answer.body()).order(ByteOrder.LITTLE_ENDIAN);
        found.position(found.limit() - 4 * ROWS);
        for (int i = 0; i < ROWS; i++) {
            assertThat(found.getFloat()).isEqualTo(first + i + 1);
        }
    }

    /** Sends a whole request and hangs up, sooner or later. */
    private static void leaves(URI worker, int millis) throws IOException, InterruptedException {
        try (Socket socket = new Socket(worker.getHost(), worker.getPort())) {
            byte[] body = body(-5);
            socket.getOutputStream()
                    .write(("POST /v2/models/plus/infer HTTP/1.1\r\nHost: x\r\nInference-Header-Content-Length: "
                                    + HEAD.length() + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            Thread.sleep(millis % 5);
        }
    }
}
