package phifleet.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Keeps a silent connection open while a request of it waits for its answer: the server closes it otherwise, whoever is silent. How long
 * such a request may wait its deadline says, and what its body may take {@link BodyWatch}. For one connection, on its event loop.
 */
final class Silence extends ChannelInboundHandlerAdapter {
    private static final String NAME = "silence";
    private static final AttributeKey<Silence> OF_CONNECTION = AttributeKey.valueOf(Silence.class, NAME);

    private int waiting;

    /** Watches a new connection. */
    static void watch(HttpConnection connection) {
        if (connection instanceof HttpServerConnection server) {
            ChannelHandlerContext context = server.channelHandlerContext();
            Silence silence = new Silence();
            context.channel().attr(OF_CONNECTION).set(silence);
            context.pipeline().addBefore(context.name(), NAME, silence);
        }
    }

    /** Of a connection that is watched; of any other one that nobody asks. */
    static Silence of(HttpConnection connection) {
        Silence silence = connection instanceof HttpServerConnection server
                ? server.channelHandlerContext().channel().attr(OF_CONNECTION).get()
                : null;
        return silence == null ? new Silence() : silence;
    }

    /** One more request waits for its answer. */
    void waits() {
        waiting++;
    }

    /** One fewer does. */
    void ends() {
        waiting--;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (!(event instanceof IdleStateEvent) || waiting == 0) {
            super.userEventTriggered(context, event);
        }
    }
}
