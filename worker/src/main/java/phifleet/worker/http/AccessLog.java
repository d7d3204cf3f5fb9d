package phifleet.worker.http;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;

/** One line a request, when it ends: errors of ours at WARN or ERROR, refusals at INFO, what went well at DEBUG. */
final class AccessLog {
    private static final Logger LOG = LogManager.getLogger("phifleet.worker.access");

    void ended(Exchange exchange, int status, long nanos, @Nullable Problem problem) {
        Level level = status >= 500 ? Level.WARN : status >= 400 ? Level.INFO : Level.DEBUG;
        if (LOG.isEnabled(level)) {
            LOG.log(
                    level,
                    "{} {} {} {} ms request={}{}",
                    exchange.route().method(),
                    exchange.route().path(),
                    status,
                    nanos / 1e6,
                    exchange.requestId(),
                    problem == null ? "" : " " + problem.code() + ": " + problem.message());
        }
    }

    void failed(Exchange exchange, Throwable failure) {
        LOG.error(
                "{} {} failed request={}",
                exchange.route().method(),
                exchange.route().path(),
                exchange.requestId(),
                failure);
    }
}
