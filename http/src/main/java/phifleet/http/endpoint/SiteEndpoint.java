package phifleet.http.endpoint;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import phifleet.common.Problem;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.dialect.Problems;
import phifleet.webui.Site;
import phifleet.webui.SiteAnswer;

/** The web page and its files, read off the event loop. One for all loops, since each file is held once. */
public final class SiteEndpoint implements Endpoint {
    private final Site site;
    private final WorkPool pool;

    public SiteEndpoint(Site site, WorkPool pool) {
        this.site = site;
        this.pool = pool;
    }

    @Override
    public void handle(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        String path = String.valueOf(request.path());
        String encodings = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        String tags = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        if (!pool.offer(exchange, () -> reply(request, site.get(path, encodings, tags)))) {
            exchange.refuse(Problems.busy("the server is too busy to read its files"));
        }
    }

    private static Reply reply(HttpServerRequest request, Optional<SiteAnswer> found) {
        if (found.isEmpty()) {
            Problem problem = Problems.notFound();
            return exchange -> exchange.refuse(problem);
        }
        SiteAnswer answer = found.get();
        return exchange -> {
            answer.headers().forEach(exchange.response()::putHeader);
            exchange.sendAsItIs();
            if (request.method().equals(HttpMethod.HEAD)) {
                exchange.response().putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(answer.body().length));
            }
            if (answer.status() == 304) {
                exchange.answerEmpty(304);
            } else {
                exchange.answer(
                        answer.status(),
                        answer.headers().getOrDefault("Content-Type", "application/octet-stream"),
                        Buffer.buffer(answer.body()));
            }
        };
    }
}
