package phifleet.benchmark;

import java.util.List;
import java.util.SplittableRandom;

/** Which call comes as number {@code index}. Called by many threads; the same index gives the same call. */
@FunctionalInterface
public interface Workload {
    Call call(long index);

    /** One call after the other, from the start again at the end. */
    static Workload inTurn(List<Call> calls) {
        List<Call> copy = List.copyOf(calls);
        return index -> copy.get((int) (index % copy.size()));
    }

    /**
     * Mixes parts at random by weight.
     *
     * @param seed makes the mix the same in every run
     */
    static Workload mixed(List<Part> parts, long seed) {
        List<Part> copy = List.copyOf(parts);
        int total = copy.stream().mapToInt(Part::weight).sum();
        return index -> {
            SplittableRandom random = new SplittableRandom(seed ^ (index * 0x9E3779B97F4A7C15L));
            int draw = random.nextInt(total);
            for (Part part : copy) {
                draw -= part.weight();
                if (draw < 0) {
                    return part.calls().get(random.nextInt(part.calls().size()));
                }
            }
            throw new IllegalStateException("the weights do not add up");
        };
    }

    /**
     * Calls of one kind in a mix.
     *
     * @param weight how often it is drawn, against the sum of all weights
     */
    record Part(int weight, List<Call> calls) {
        public Part {
            if (weight <= 0 || calls.isEmpty()) {
                throw new IllegalArgumentException("a part of a mix needs a weight over 0 and at least one call");
            }
            calls = List.copyOf(calls);
        }
    }
}
