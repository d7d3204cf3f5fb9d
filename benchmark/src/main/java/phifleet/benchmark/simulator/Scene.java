package phifleet.benchmark.simulator;

import phifleet.gateway.demand.DemandSettings;

/**
 * What is simulated.
 *
 * @param gateways each of which sees its own requests, and workers' words that are up to a second old
 * @param startSeconds from the wish for a worker until it takes requests
 * @param longestLine seconds of work in hand from which on a worker refuses
 * @param patience seconds that a request waits where no worker is there
 */
public record Scene(
        CostCurve cost, DemandSettings demand, int gateways, double startSeconds, double longestLine, double patience) {
    /** An encoder of some size: 60 ms for a request alone, 200 for a batch of eight; a worker is there after 8 s. */
    public static final Scene USUAL = new Scene(new CostCurve(0.04, 0.02, 8), DemandSettings.DEFAULT, 1, 8, 2, 10);

    /** With so many gateways. */
    public Scene withGateways(int count) {
        return new Scene(cost, demand, count, startSeconds, longestLine, patience);
    }
}
