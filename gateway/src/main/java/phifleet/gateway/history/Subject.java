package phifleet.gateway.history;

import java.util.Locale;

/**
 * Of what something is kept.
 *
 * @param name a worker's or a model's id, or a GPU's uuid; empty for the fleet
 */
public record Subject(Kind kind, String name) {
    /** All workers together. */
    public static final Subject FLEET = new Subject(Kind.FLEET, "");

    /** What it is. */
    public enum Kind {
        FLEET,
        WORKER,
        MODEL,
        GPU;

        /** As queries and answers name it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Subject worker(String id) {
        return new Subject(Kind.WORKER, id);
    }

    public static Subject model(String id) {
        return new Subject(Kind.MODEL, id);
    }

    public static Subject gpu(String uuid) {
        return new Subject(Kind.GPU, uuid);
    }
}
