package phifleet.gateway.demand;

import java.util.Map;

/**
 * What a worker last said of its device's time by model.
 *
 * @param worker whose word it is, in this incarnation
 * @param deviceSeconds by id of a model: what its work is worth since it was loaded there, for whomever
 * @param atNanos when it said so
 */
public record ModelWord(Object worker, Map<String, Double> deviceSeconds, long atNanos) {
    public ModelWord {
        deviceSeconds = Map.copyOf(deviceSeconds);
    }
}
