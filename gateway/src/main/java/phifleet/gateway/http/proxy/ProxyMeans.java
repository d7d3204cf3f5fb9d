package phifleet.gateway.http.proxy;

import java.util.function.LongSupplier;
import phifleet.gateway.balance.RetryBudget;
import phifleet.gateway.history.ModelBook;
import phifleet.gateway.http.metrics.GatewayMetrics;
import phifleet.gateway.http.routing.ModelRouting;

/**
 * What the requests that one event loop forwards have in common.
 *
 * @param nanos the clock of their deadlines
 */
public record ProxyMeans(
        ModelRouting routing,
        ModelDivision division,
        UpstreamConnections connections,
        RetryBudget budget,
        Flows flows,
        ProxySettings settings,
        GatewayMetrics metrics,
        RequestDemand demand,
        ModelBook models,
        LongSupplier nanos) {}
