package phifleet.gateway.demand;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each model takes of the fleet's devices, by the workers' own word: all gateways hear the same. Not thread-safe. */
final class ModelUse {
    private final Map<String, Sum> sums = new HashMap<>();
    private Map<Object, ModelWord> before = new HashMap<>();

    /** Over all workers. */
    private static final class Sum {
        final Course course = new Course(FleetDemand.LONG_NANOS);
        double seconds;
    }

    /** @param ids those that matter; of others nothing is kept */
    void look(List<ModelWord> words, Set<String> ids, long now) {
        sums.keySet().retainAll(ids);
        Map<Object, ModelWord> next = new HashMap<>();
        for (ModelWord word : words) {
            ModelWord last = before.get(word.worker());
            if (last != null && word.atNanos() - last.atNanos() > 0) {
                heard(last, word, ids, now);
            }
            next.put(word.worker(), word);
        }
        before = next;
        sums.values().forEach(sum -> sum.course.add(now, sum.seconds));
    }

    private void heard(ModelWord last, ModelWord word, Set<String> ids, long now) {
        word.deviceSeconds().forEach((id, seconds) -> {
            // One that was loaded meanwhile, or again, began at nothing.
            double had = last.deviceSeconds().getOrDefault(id, 0.0);
            double more = seconds >= had ? seconds - had : seconds;
            if (ids.contains(id) && more > 0) {
                sums.computeIfAbsent(id, first -> begun(now)).seconds += more;
            }
        });
    }

    private static Sum begun(long now) {
        Sum sum = new Sum();
        sum.course.add(now - FleetDemand.SHORT_NANOS, 0);
        return sum;
    }

    /** Seconds of devices a second, over the last ten. */
    double usedASecond(String id) {
        Sum sum = sums.get(id);
        return sum == null ? 0 : sum.course.growth(FleetDemand.LONG_NANOS) / (FleetDemand.LONG_NANOS / 1e9);
    }
}
