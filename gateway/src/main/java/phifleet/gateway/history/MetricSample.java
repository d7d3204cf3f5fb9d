package phifleet.gateway.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The values of one moment as they are gathered, worker by worker; what workers say makes the fleet's. For one thread. */
public final class MetricSample {
    private final List<MetricValue> points = new ArrayList<>();
    private final Map<Metric, List<Double>> ofWorkers = new EnumMap<>(Metric.class);

    /** One value; what is negative or no number is left out. */
    public void add(Subject subject, Metric metric, double value) {
        if (!(value >= 0)) {
            return;
        }
        points.add(new MetricValue(subject, metric, value));
        if (subject.kind() == Subject.Kind.WORKER) {
            ofWorkers.computeIfAbsent(metric, first -> new ArrayList<>()).add(value);
        }
    }

    /** All of it, the fleet's with it. */
    public List<MetricValue> points() {
        List<MetricValue> all = new ArrayList<>(points);
        ofWorkers.forEach((metric, values) ->
                together(metric, values).ifPresent(value -> all.add(new MetricValue(Subject.FLEET, metric, value))));
        return all;
    }

    private static OptionalDouble together(Metric metric, List<Double> values) {
        return switch (metric.together()) {
            case SUM ->
                OptionalDouble.of(
                        values.stream().mapToDouble(Double::doubleValue).sum());
            case MEAN -> values.stream().mapToDouble(Double::doubleValue).average();
            case GREATEST -> values.stream().mapToDouble(Double::doubleValue).max();
            case APART -> OptionalDouble.empty();
        };
    }
}
