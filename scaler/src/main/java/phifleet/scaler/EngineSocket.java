package phifleet.scaler;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One call a connection to the engine's socket. In HTTP/1.0, which has no chunks: what comes until the end is the answer. A
 * library that reads the answer into its own types and writes those drops what it does not know, such as a GPU's reservation.
 */
final class EngineSocket implements AutoCloseable {
    private static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

    private final UnixDomainSocketAddress address;
    private final Duration patience;
    private final ScheduledExecutorService watch = new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("engine-patience").unstarted(task));

    EngineSocket(Path socket, Duration patience) {
        this.address = UnixDomainSocketAddress.of(socket);
        this.patience = patience;
    }

    EngineAnswer get(String path) throws IOException {
        return call("GET " + path + " HTTP/1.0\r\nHost: docker\r\n\r\n", new byte[0]);
    }

    EngineAnswer post(String path, byte[] json) throws IOException {
        return call(
                "POST " + path + " HTTP/1.0\r\nHost: docker\r\nContent-Type: application/json\r\nContent-Length: "
                        + json.length + "\r\n\r\n",
                json);
    }

    private EngineAnswer call(String head, byte[] body) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            var late = watch.schedule(() -> end(channel), patience.toMillis(), TimeUnit.MILLISECONDS);
            try {
                channel.connect(address);
                write(channel, head.getBytes(StandardCharsets.US_ASCII));
                write(channel, body);
                return answer(read(channel));
            } finally {
                late.cancel(false);
            }
        }
    }

    private static void end(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Whoever waits for it hears that it is closed.
        }
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static byte[] read(SocketChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer part = ByteBuffer.allocate(64 * 1024);
        while (channel.read(part) >= 0) {
            all.write(part.array(), 0, part.position());
            part.clear();
            if (all.size() > MAX_ANSWER_BYTES) {
                throw new IOException("the engine's answer is longer than " + MAX_ANSWER_BYTES + " bytes");
            }
        }
        return all.toByteArray();
    }

    private static EngineAnswer answer(byte[] all) throws IOException {
        String latin = new String(all, StandardCharsets.ISO_8859_1);
        int body = latin.indexOf("\r\n\r\n");
        String[] line = latin.substring(0, Math.max(0, latin.indexOf("\r\n"))).split(" ", 3);
        if (body < 0 || line.length < 2 || !line[0].startsWith("HTTP/1.") || !line[1].matches("[0-9]{3}")) {
            throw new IOException("the engine's answer is no HTTP");
        }
        return new EngineAnswer(Integer.parseInt(line[1]), EngineAnswer.Bytes.of(all, body + 4, all.length));
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
