package phifleet.http;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpClientConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Holds up a body at its socket. A stream that is only paused is read on until some twenty pieces of it wait, whatever their
 * size: of 64 KB each that is more than a megabyte for every connection. Here nothing more is read, so that what waits is what one
 * reading gave. On HTTP/2 a stream is held up by its window, and its connection carries others.
 *
 * <p>To be called on the stream's event loop.
 */
public final class Backpressure {
    /** What may wait of a body that is held up. */
    public static final int MOST_WAITING_BYTES = EdgeServer.MAX_CHUNK_BYTES;

    private Backpressure() {}

    /** Nothing more is told of it until it is resumed. */
    public static void pause(HttpServerRequest request) {
        request.pause();
        read(request.connection(), false);
    }

    /** The body goes on. */
    public static void resume(HttpServerRequest request) {
        request.resume();
        read(request.connection(), true);
    }

    /** Nothing more is told of it until it is resumed. */
    public static void pause(HttpClientResponse answer) {
        answer.pause();
        read(answer.request().connection(), false);
    }

    /** The body goes on. */
    public static void resume(HttpClientResponse answer) {
        answer.resume();
        read(answer.request().connection(), true);
    }

    private static void read(HttpConnection connection, boolean on) {
        if (connection.protocolVersion() == HttpVersion.HTTP_2) {
            return;
        }
        switch (connection) {
            case HttpServerConnection server -> read(server.channelHandlerContext(), on);
            case HttpClientConnection client -> read(client.channelHandlerContext(), on);
            default -> throw new IllegalStateException("no connection of a socket: " + connection.getClass());
        }
    }

    private static void read(ChannelHandlerContext context, boolean on) {
        context.channel().config().setAutoRead(on);
    }
}
