package phifleet.http;

import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.compression.CompressionOptions;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.http.impl.http1.HttpChunkContentCompressor;

/**
 * The compressor of one connection, which is there from the first request on that asks for it. It costs each request and each answer
 * some steps whether it compresses or not, and programs that call a fleet seldom ask. For one event loop.
 */
final class LateCompressor {
    /** Where the server has its own, and looks for one when the connection becomes one of HTTP/2. */
    private static final String NAME = "deflater";

    /** Sends files that the system cannot send by itself; here nobody sends files. */
    private static final String FILES = "chunkedWriter";

    private final int leastBytes;
    private final CompressionOptions[] options;
    private boolean there;

    /** Holds its place, and is passed by. */
    private static final class Nothing extends ChannelHandlerAdapter {}

    /**
     * Takes the server's own out of a connection.
     *
     * @param leastBytes a shorter answer is not compressed
     */
    LateCompressor(ChannelPipeline pipeline, int leastBytes, CompressionOptions... options) {
        this.leastBytes = leastBytes;
        this.options = options;
        if (pipeline.get(NAME) == null) {
            // A server that compresses nothing.
            there = true;
        } else {
            pipeline.replace(NAME, NAME, new Nothing());
        }
        if (pipeline.get(FILES) != null) {
            pipeline.remove(FILES);
        }
    }

    /** Whether it has to see this request first. */
    boolean isWanted(HttpRequest request) {
        return !there && request.headers().contains(HttpHeaderNames.ACCEPT_ENCODING);
    }

    /** Takes from an answer what tells the compressor to leave it, where there is none to be told. */
    void passes(HttpResponse answer) {
        if (!there && answer.headers().contains(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.IDENTITY, true)) {
            answer.headers().remove(HttpHeaderNames.CONTENT_ENCODING);
        }
    }

    /** Comes into the connection, to which no answer is due, and passes the request on as the first that it has seen. */
    void enter(ChannelPipeline pipeline, HttpRequest request) throws Exception {
        there = true;
        pipeline.replace(NAME, NAME, new HttpChunkContentCompressor(leastBytes, options));
        ChannelHandlerContext context = pipeline.context(NAME);
        ((ChannelInboundHandler) context.handler()).channelRead(context, request);
    }
}
