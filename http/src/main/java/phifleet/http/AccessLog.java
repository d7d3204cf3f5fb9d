package phifleet.http;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import phifleet.common.Problem;
import phifleet.http.caller.Caller;
import phifleet.http.json.Excerpt;
import phifleet.logging.ProgramLog;

/**
 * One line a request, when it ends: errors of ours at WARN or ERROR, mistakes of the caller's at INFO. At DEBUG is what comes often
 * and means nothing by itself: what went well, health checks, and work refused for want of room, which the meters count. Beside it, where
 * {@code access-log} asks for it, every request as an object of JSON.
 */
public final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("phifleet.access");
    private static final Logger EACH = LoggerFactory.getLogger(ProgramLog.ACCESS_LOGGER);

    private final Clock clock = Clock.systemUTC();

    void ended(Exchange exchange, int status, long nanos, @Nullable Problem problem) {
        Level level = level(exchange.route(), status, problem);
        if (LOG.isEnabledForLevel(level)) {
            LOG.atLevel(level)
                    .addKeyValue(ProgramLog.REQUEST_ID, exchange.requestId())
                    .log(
                            "{} {} {} {} ms request={}{}{}",
                            Excerpt.of(exchange.request().method().name()),
                            exchange.route().path(),
                            status,
                            nanos / 1e6,
                            exchange.requestId(),
                            key(exchange),
                            problem == null ? "" : " " + problem.code() + ": " + problem.message());
        }
        if (EACH.isInfoEnabled()) {
            EACH.info(AccessLine.of(exchange, status, nanos, problem, clock.instant()));
        }
    }

    private static String key(Exchange exchange) {
        Caller caller = exchange.caller();
        return caller == null ? "" : " key=" + caller.name();
    }

    private static Level level(Route route, int status, @Nullable Problem problem) {
        if (problem == null || status < 400 || status == 429 || status == 503 || route.open()) {
            return Level.DEBUG;
        }
        return status >= 500 ? Level.WARN : Level.INFO;
    }

    public void failed(Exchange exchange, Throwable failure) {
        LOG.atError()
                .addKeyValue(ProgramLog.REQUEST_ID, exchange.requestId())
                .setCause(failure)
                .log(
                        "{} {} failed request={}",
                        Excerpt.of(exchange.request().method().name()),
                        exchange.route().path(),
                        exchange.requestId());
    }
}
