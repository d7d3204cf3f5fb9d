package phifleet.gateway.http.proxy;

import io.vertx.core.http.HttpClientResponse;
import org.jspecify.annotations.Nullable;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.demand.OpenRequest;
import phifleet.http.Exchange;
import phifleet.http.Urgency;

/** What one request counts for: towards the demand, its model, and the share that it was drawn for. For one event loop. */
final class RequestAccount {
    private final Exchange exchange;
    private final ProxyMeans means;
    private OpenRequest counted = RequestDemand.NONE;
    private ModelDivision.@Nullable Divided divided;

    RequestAccount(Exchange exchange, ProxyMeans means) {
        this.exchange = exchange;
        this.means = means;
    }

    /** It is known what is asked for. */
    void open(Asked asked, Urgency.Priority priority) {
        divided = asked.divided();
        counted = means.demand()
                .of(asked.target(), asked.wanted(), exchange.request().method(), priority);
        String model = counted.model();
        if (model != null) {
            exchange.model(model);
        }
    }

    /** Whether no worker takes it now. */
    void waits(boolean now) {
        counted.waits(now);
    }

    /** A worker's answer is whole. */
    void answered(HttpClientResponse answer, int status) {
        RequestDemand.answered(counted, answer, status);
    }

    /**
     * How it ended.
     *
     * @param by who answered, or was asked last; null where nobody was
     * @param error whether its client got a 5xx, or half an answer
     */
    void ended(@Nullable Worker by, boolean error) {
        long nanos = means.nanos().getAsLong() - exchange.startNanos();
        String model = counted.model();
        if (model != null) {
            means.models().of(model).answered(nanos, error);
        }
        if (divided != null) {
            divided.ended(by, error, nanos, means.models());
        }
        if (error) {
            means.metrics().answerFailed();
        }
    }

    /** It is over, however it ended; may be called again. */
    void close() {
        counted.end();
    }
}
