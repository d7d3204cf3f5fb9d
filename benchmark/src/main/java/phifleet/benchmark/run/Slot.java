package phifleet.benchmark.run;

import java.util.ArrayList;
import java.util.List;

/** One scenario, once, against one target. */
public record Slot(int round, String framework, String scenario) {
    /**
     * All slots, in their order. Each round begins with another target, so that none is always first on a cool machine, or always
     * behind the same one.
     *
     * @param together whether targets take turns scenario by scenario, all of them running; else one has all its scenarios before
     *     the next is started
     */
    static List<Slot> schedule(List<String> frameworks, List<String> scenarios, int rounds, boolean together) {
        List<Slot> slots = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            List<String> order = rotated(frameworks, round - 1);
            if (together) {
                for (int i = 0; i < scenarios.size(); i++) {
                    for (String framework : rotated(order, i)) {
                        slots.add(new Slot(round, framework, scenarios.get(i)));
                    }
                }
            } else {
                for (String framework : order) {
                    for (String scenario : scenarios) {
                        slots.add(new Slot(round, framework, scenario));
                    }
                }
            }
        }
        return slots;
    }

    private static List<String> rotated(List<String> names, int by) {
        List<String> rotated = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            rotated.add(names.get((i + by) % names.size()));
        }
        return rotated;
    }
}
