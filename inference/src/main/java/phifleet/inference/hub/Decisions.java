package phifleet.inference.hub;

import java.util.ArrayList;
import java.util.List;

/** What was decided of a model, and what said so. */
final class Decisions {
    private final List<String> all = new ArrayList<>();

    void add(String decided, String by) {
        all.add(decided + " (" + by + ")");
    }

    List<String> all() {
        return List.copyOf(all);
    }
}
