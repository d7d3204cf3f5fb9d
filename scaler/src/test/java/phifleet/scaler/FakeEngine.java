package phifleet.scaler;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An engine with one service on a socket of its own: it keeps the spec that it is given, byte for byte, and counts versions. */
final class FakeEngine implements AutoCloseable {
    /** As an engine writes it, with what a library of types would drop, and what looks like the number and is not. */
    static final String SPEC = "{\"Name\":\"phi_worker\",\"Labels\":{%s\"Replicas\":\"9\",\"q\\u0022/Mode\":\"é\"},"
            + "\"TaskTemplate\":{\"Resources\":{\"Reservations\":{\"GenericResources\":[{\"DiscreteResourceSpec\":"
            + "{\"Kind\":\"NVIDIA-GPU\",\"Value\":1}}]}},\"Replicas\":7},\"Mode\":{\"Replicated\": {\"Replicas\":  %d }},"
            + "\"EndpointSpec\":{\"Mode\":\"dnsrr\"}}";

    final Path socket;
    final List<String> specs = Collections.synchronizedList(new ArrayList<>());
    volatile String spec;
    volatile String updateState = "";
    volatile String updatedAt = "2026-11-29T12:00:00.123456789Z";
    volatile String tasks = "[]";
    final AtomicLong version = new AtomicLong(41);
    volatile boolean outOfSequence;
    private final ServerSocketChannel server;

    FakeEngine(Path folder, int replicas) throws IOException {
        socket = folder.resolve("engine.sock");
        spec = spec("", replicas);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::serve);
    }

    static String spec(String labels, int replicas) {
        return String.format(SPEC, labels, replicas);
    }

    /** As a person does it. */
    void change(String changed, String at) {
        spec = changed;
        updatedAt = at;
        version.incrementAndGet();
    }

    String service() {
        String update = updateState.isEmpty() ? "" : ",\"UpdateStatus\":{\"State\":\"" + updateState + "\"}";
        return "{\"ID\":\"abc\",\"Version\":{\"Index\":" + version + "},\"UpdatedAt\":\"" + updatedAt + "\",\"Spec\":"
                + spec + ",\"PreviousSpec\":" + spec("", 3) + update + "}\n";
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel channel = server.accept()) {
                answer(channel, read(channel));
            } catch (IOException e) {
                // The client left, or the test is over.
            }
        }
    }

    private static String read(SocketChannel channel) throws IOException {
        StringBuilder all = new StringBuilder();
        ByteBuffer part = ByteBuffer.allocate(16 * 1024);
        Pattern length = Pattern.compile("Content-Length: ([0-9]+)");
        while (channel.read(part) >= 0) {
            all.append(new String(part.array(), 0, part.position(), StandardCharsets.ISO_8859_1));
            part.clear();
            int body = all.indexOf("\r\n\r\n");
            Matcher announced = length.matcher(all);
            int expected = announced.find() ? Integer.parseInt(announced.group(1)) : 0;
            if (body >= 0 && all.length() >= body + 4 + expected) {
                break;
            }
        }
        return all.toString();
    }

    private void answer(SocketChannel channel, String request) throws IOException {
        String path = request.split(" ", 3)[1];
        if (path.equals("/services/phi_worker")) {
            send(channel, 200, service());
        } else if (path.startsWith("/tasks?filters=")) {
            send(channel, 200, tasks);
        } else if (path.equals("/services/abc/update?version=" + version) && !outOfSequence) {
            byte[] body = request.substring(request.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
            spec = new String(body, StandardCharsets.UTF_8);
            specs.add(spec);
            version.incrementAndGet();
            send(channel, 200, "{\"Warnings\":null}");
        } else if (path.startsWith("/services/abc/update")) {
            send(channel, 500, "{\"message\":\"rpc error: code = Unknown desc = update out of sequence\"}");
        } else {
            send(channel, 404, "{\"message\":\"service " + path + " not found\"}");
        }
    }

    private static void send(SocketChannel channel, int status, String body) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(("HTTP/1.0 " + status + " X\r\nContent-Type: application/json\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8));
        while (all.hasRemaining()) {
            channel.write(all);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
