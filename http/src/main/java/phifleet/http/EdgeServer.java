package phifleet.http;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.compression.CompressionOptions;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The server of one event loop, as every program has it. */
public final class EdgeServer {
    static final int MAX_HEADER_BYTES = 32 * 1024;
    static final int MAX_LINE_BYTES = 16 * 1024;

    /** A body is handled in pieces of what one reading of its socket gives; by default they are an eighth of that. */
    public static final int MAX_CHUNK_BYTES = 64 * 1024;

    private static final int ACCEPT_BACKLOG = 1024;

    /** The quickest: numbers shrink by half at any level, and the event loop does it. */
    private static final int COMPRESSION_LEVEL = 1;

    /** A shorter answer takes less time to send than to compress. */
    private static final int LEAST_COMPRESSED_BYTES = 16 * 1024;

    /** The only ones that the JDK's own deflater has. */
    private static final int WINDOW_BITS = 15;

    private static final int MEMORY_LEVEL = 8;

    /** What a call may send before it is read: a stream's share of the budget of all bodies. */
    public static final int CALL_WINDOW_BYTES = 256 * 1024;

    private static final int CALLS_OF_A_CONNECTION = 1_000;

    private static final int STREAMS_OF_A_CONNECTION = 100;

    private EdgeServer() {}

    private static CompressionOptions[] compressors() {
        return new CompressionOptions[] {
            StandardCompressionOptions.gzip(COMPRESSION_LEVEL, WINDOW_BITS, MEMORY_LEVEL),
            StandardCompressionOptions.deflate(COMPRESSION_LEVEL, WINDOW_BITS, MEMORY_LEVEL)
        };
    }

    /** The compressor of one connection. */
    static LateCompressor compressor(ChannelPipeline pipeline) {
        return new LateCompressor(pipeline, LEAST_COMPRESSED_BYTES, compressors());
    }

    private static void watch(Edge edge, HttpConnection connection) {
        edge.program().connections().watch(connection);
        Silence.watch(connection);
        Framing.watch(connection);
    }

    /** The same for gRPC calls: HTTP/2 without TLS, and nothing is compressed but messages. */
    public static HttpServer createForCalls(Edge edge, Duration idle, Consumer<HttpServerRequest> routes) {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout(Math.toIntExact(idle.toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setHandle100ContinueAutomatically(false)
                .setHttp2ClearTextEnabled(true)
                // Streams that are held up must not hold up what else their connection carries.
                .setHttp2ConnectionWindowSize(CALLS_OF_A_CONNECTION * CALL_WINDOW_BYTES)
                .setInitialSettings(new Http2Settings()
                        .setInitialWindowSize(CALL_WINDOW_BYTES)
                        .setMaxConcurrentStreams(CALLS_OF_A_CONNECTION)
                        .setMaxHeaderListSize(MAX_HEADER_BYTES))
                .setAcceptBacklog(ACCEPT_BACKLOG)
                .setTcpNoDelay(true);
        return edge.vertx()
                .createHttpServer(options)
                .connectionHandler(connection -> watch(edge, connection))
                .requestHandler(request -> edge.accept(request, routes))
                .invalidRequestHandler(edge::serveInvalid);
    }

    /**
     * Makes the server, which does not listen yet.
     *
     * @param idle how long a connection may be silent
     * @param routes gets each request that can be read, on the event loop
     */
    public static HttpServer create(Edge edge, Duration idle, Consumer<HttpServerRequest> routes) {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout(Math.toIntExact(idle.toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                // The body reader answers it, after its own checks.
                .setHandle100ContinueAutomatically(false)
                .setHttp2ClearTextEnabled(true)
                // As for calls: bodies that are held up must not hold up what else their connection carries.
                .setHttp2ConnectionWindowSize(STREAMS_OF_A_CONNECTION * Backpressure.MOST_WAITING_BYTES)
                .setInitialSettings(new Http2Settings()
                        .setInitialWindowSize(Backpressure.MOST_WAITING_BYTES)
                        .setMaxConcurrentStreams(STREAMS_OF_A_CONNECTION)
                        .setMaxHeaderListSize(MAX_HEADER_BYTES))
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setMaxChunkSize(MAX_CHUNK_BYTES)
                // Nobody serves a WebSocket, and each piece of a body would be shown to its extensions.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setCompressionSupported(true)
                .setCompressors(List.of(compressors()))
                .setCompressionContentSizeThreshold(LEAST_COMPRESSED_BYTES)
                .setAcceptBacklog(ACCEPT_BACKLOG)
                .setTcpNoDelay(true);
        return edge.vertx()
                .createHttpServer(options)
                .connectionHandler(connection -> watch(edge, connection))
                .requestHandler(request -> edge.accept(request, routes))
                .invalidRequestHandler(edge::serveInvalid);
    }
}
