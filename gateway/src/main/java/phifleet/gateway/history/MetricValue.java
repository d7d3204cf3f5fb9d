package phifleet.gateway.history;

/**
 * One value of a sample.
 *
 * @param value in the metric's unit; at least 0
 */
record MetricValue(Subject subject, Metric metric, double value) {}
