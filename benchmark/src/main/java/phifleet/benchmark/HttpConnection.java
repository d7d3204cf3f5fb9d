package phifleet.benchmark;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One kept-alive HTTP/1.1 connection that sends prepared bytes and reads whole answers. It does far less than a general
 * client, so that the driver takes little of the machine that it measures. It never sends a request twice: what a server
 * or proxy loses shows. For one thread at a time.
 */
final class HttpConnection implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final StringBuilder line = new StringBuilder(128);
    private boolean reusable = true;

    private HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
        this.out = socket.getOutputStream();
    }

    /**
     * Connects.
     *
     * @param answerTimeout the longest silence that is borne while an answer is awaited
     */
    @SuppressWarnings("AddressSelection") // A target that has several addresses is not what this measures.
    static HttpConnection open(URI target, Duration answerTimeout) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(Math.toIntExact(answerTimeout.toMillis()));
            int port = target.getPort() < 0 ? 80 : target.getPort();
            socket.connect(new InetSocketAddress(target.getHost(), port), 5_000);
            return new HttpConnection(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Whether the server keeps the connection open for another request. */
    boolean reusable() {
        return reusable;
    }

    /** Sends the bytes and reads the answer to its end. */
    Answer exchange(byte[] wire) throws IOException {
        out.write(wire);
        int status;
        Map<String, String> headers = new HashMap<>();
        do {
            status = statusOf(readLine());
            headers.clear();
            for (String header = readLine(); !header.isEmpty(); header = readLine()) {
                int colon = header.indexOf(':');
                if (colon < 1) {
                    throw new IOException("not a header: " + header);
                }
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip());
            }
        } while (status < 200);
        reusable = !"close".equalsIgnoreCase(headers.get("connection"));
        return new Answer(status, headers, readBody(status, headers));
    }

    private static int statusOf(String statusLine) throws IOException {
        if (!statusLine.startsWith("HTTP/1.1 ") || statusLine.length() < 12) {
            throw new IOException("not an HTTP/1.1 status line: " + statusLine);
        }
        return Integer.parseInt(statusLine, 9, 12, 10);
    }

    private byte[] readBody(int status, Map<String, String> headers) throws IOException {
        if (status == 204 || status == 304) {
            return new byte[0];
        }
        String length = headers.get("content-length");
        if (length != null) {
            byte[] body = in.readNBytes(Integer.parseInt(length));
            if (body.length < Integer.parseInt(length)) {
                throw new EOFException("the answer ended after " + body.length + " of " + length + " bytes");
            }
            return body;
        }
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return readChunks();
        }
        reusable = false;
        return in.readAllBytes();
    }

    private byte[] readChunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String sizeLine = readLine();
            int semicolon = sizeLine.indexOf(';');
            int size = Integer.parseInt(semicolon < 0 ? sizeLine : sizeLine.substring(0, semicolon), 16);
            if (size == 0) {
                while (!readLine().isEmpty()) {
                    // Trailers are not looked at.
                }
                return body.toByteArray();
            }
            byte[] chunk = in.readNBytes(size);
            if (chunk.length < size) {
                throw new EOFException("the answer ended within a chunk");
            }
            body.write(chunk);
            readLine();
        }
    }

    private String readLine() throws IOException {
        line.setLength(0);
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("the connection was closed before the answer's end");
            }
            if (b == '\n') {
                return line.toString();
            }
            if (b != '\r') {
                line.append((char) b);
            }
            if (line.length() > 64 * 1024) {
                throw new IOException("a header line over 64 KiB: " + line.substring(0, 80));
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
