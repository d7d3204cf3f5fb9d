package phifleet.benchmark.simulator;

import phifleet.gateway.demand.DemandSettings;

/**
 * What is simulated.
 *
 * @param gateways each of which sees its own requests, and workers' words that are up to a second old
 * @param startSeconds from the wish for a worker until it takes requests
 * @param longestLine seconds by which others' work may delay a request, as its worker promises; past it that refuses
 * @param patience seconds that a request waits where no worker is there
 * @param balancing by what gateways choose among workers
 */
public record Scene(
        CostCurve cost,
        DemandSettings demand,
        int gateways,
        double startSeconds,
        double longestLine,
        double patience,
        Balancing balancing) {
    /** An encoder of some size: 60 ms for a request alone, 200 for a batch of eight; a worker is there after 8 s. */
    public static final Scene USUAL =
            new Scene(new CostCurve(0.04, 0.02, 8), DemandSettings.DEFAULT, 1, 8, 2, 10, Balancing.LEAST);

    /** With so many gateways. */
    public Scene withGateways(int count) {
        return new Scene(cost, demand, count, startSeconds, longestLine, patience, balancing);
    }

    /** With another choice among workers. */
    public Scene with(Balancing other) {
        return new Scene(cost, demand, gateways, startSeconds, longestLine, patience, other);
    }

    /** With other bounds of its size, say. */
    public Scene with(DemandSettings other) {
        return new Scene(cost, other, gateways, startSeconds, longestLine, patience, balancing);
    }

    /** With a size that stays. */
    public Scene ofWorkers(int count) {
        return with(new DemandSettings(
                count, count, demand.target(), demand.clearIn(), demand.downAfter(), demand.idle(), demand.wake()));
    }
}
