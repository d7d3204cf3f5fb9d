package phifleet.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.io.Serial;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request whose body breaks off in its framing be answered. The server would close the socket at a chunk that is none;
 * here such a body ends, and its request has failed to be decoded, which {@link BodyReader} and others ask about. Once all is
 * answered the connection is closed: first for writing, and a moment later whole, since closing a socket to which bytes still
 * come resets it and the client might never see the answer. For one connection of HTTP/1.
 */
final class Framing extends ChannelDuplexHandler {
    private static final String NAME = "framing";
    private static final long LINGER_MS = 1000;

    private final LateCompressor compressor;
    private @Nullable HttpRequest coming;
    private int unanswered;
    private boolean informational;
    private boolean broken;
    private boolean closing;

    /** The body of a request is not framed as its head says. */
    static final class BrokenBodyException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        BrokenBodyException(Throwable cause) {
            super("the body breaks off in its framing", cause, false, false);
        }
    }

    /** The request is of a version of HTTP that is not spoken here. */
    static final class OtherVersionException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        OtherVersionException(String version) {
            super(version, null, false, false);
        }
    }

    private Framing(LateCompressor compressor) {
        this.compressor = compressor;
    }

    /** Watches a new connection. */
    static void watch(HttpConnection connection) {
        if (connection instanceof HttpServerConnection server
                && connection.protocolVersion() != io.vertx.core.http.HttpVersion.HTTP_2) {
            ChannelHandlerContext context = server.channelHandlerContext();
            context.pipeline().addBefore(context.name(), NAME, new Framing(EdgeServer.compressor(context.pipeline())));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (closing) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request && unanswered == 0 && compressor.isWanted(request)) {
            compressor.enter(context.pipeline(), request);
            return;
        }
        if (message instanceof HttpRequest request) {
            coming = request;
            unanswered++;
            knowVersion(request);
            broken |= request.decoderResult().isFailure();
        } else if (message instanceof HttpContent content
                && content.decoderResult().isFailure()) {
            broken = true;
            if (coming != null) {
                coming.setDecoderResult(DecoderResult.failure(
                        new BrokenBodyException(content.decoderResult().cause())));
            }
            content.release();
            super.channelRead(context, LastHttpContent.EMPTY_LAST_CONTENT);
            if (unanswered == 0) {
                endConnection(context);
            }
            return;
        }
        super.channelRead(context, message);
    }

    /** A request of another HTTP would be answered in that one, or what its line takes for one. */
    private static void knowVersion(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            request.setProtocolVersion(HttpVersion.HTTP_1_1);
            if (request.decoderResult().isSuccess()) {
                request.setDecoderResult(DecoderResult.failure(new OtherVersionException(version.text())));
            }
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpResponse response) {
            compressor.passes(response);
            HttpResponseStatus status = response.status();
            informational = status.codeClass() == HttpStatusClass.INFORMATIONAL
                    && !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
        }
        boolean last = message instanceof LastHttpContent && !informational;
        super.write(context, message, promise);
        if (last) {
            unanswered--;
            if (broken && unanswered == 0) {
                endConnection(context);
            }
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
        if (broken && context.channel().isActive()) {
            endConnection(context);
            context.channel().closeFuture().addListener(closed -> promise.trySuccess());
        } else {
            super.close(context, promise);
        }
    }

    /** Once what was written is out: closed for writing at once, and for reading when the client has closed too, or soon. */
    private void endConnection(ChannelHandlerContext context) {
        if (closing) {
            return;
        }
        closing = true;
        context.channel().config().setAutoRead(true);
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(out -> {
            if (context.channel() instanceof DuplexChannel socket) {
                socket.shutdownOutput().addListener(shut -> closeSoon(context));
            } else {
                closeSoon(context);
            }
        });
    }

    private static void closeSoon(ChannelHandlerContext context) {
        context.executor()
                .schedule(() -> {}, LINGER_MS, TimeUnit.MILLISECONDS)
                .addListener(passed -> context.close().addListener(closed -> {}));
    }
}
