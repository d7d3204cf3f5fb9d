package phifleet.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.Problem;
import phifleet.webui.Site;
import phifleet.webui.SiteAnswer;

/** The web page and its files, read off the event loop. */
final class SiteEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(SiteEndpoint.class);

    private final Vertx vertx;
    private final Site site;

    SiteEndpoint(Vertx vertx, Site site) {
        this.vertx = vertx;
        this.site = site;
    }

    /** Answers GET or HEAD. */
    void serve(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        String encodings = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        String tags = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        boolean head = request.method().equals(HttpMethod.HEAD);
        vertx.executeBlocking(() -> site.get(path, encodings, tags), false).onComplete(found -> {
            if (found.succeeded()) {
                send(request.response(), path, head, found.result());
            } else {
                LOG.error("the file {} of the page could not be read", path, found.cause());
                GatewayErrors.send(
                        request.response(), path, Problem.of(500, "internal", "the file could not be read", null));
            }
        });
    }

    private static void send(HttpServerResponse response, String path, boolean head, Optional<SiteAnswer> found) {
        if (response.closed()) {
            return;
        }
        if (found.isEmpty()) {
            GatewayErrors.send(response, path, Problem.of(404, "not_found", "there is nothing at this path", null));
            return;
        }
        SiteAnswer answer = found.get();
        answer.headers().forEach(response::putHeader);
        response.setStatusCode(answer.status());
        if (answer.status() == 304) {
            response.end();
        } else if (head) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(answer.body().length))
                    .end();
        } else {
            response.end(Buffer.buffer(answer.body()));
        }
    }
}
