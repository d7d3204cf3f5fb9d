package phifleet.equations.topology;

import java.util.List;

/** What was found of the shape of an equation. */
public sealed interface TopologyOutcome {

    /** Sum over symbols of (terms that hold it − 1); never negative. */
    int loops();

    /**
     * Every Betti number is known.
     *
     * @param betti b0, b1, b2, … without trailing zeros beyond b2: at least three numbers
     * @param chi the alternating sum of all of {@code betti}, which is the Euler characteristic
     */
    record Measured(List<Integer> betti, int chi, int loops) implements TopologyOutcome {
        public Measured {
            betti = List.copyOf(betti);
        }

        /** The numbers past b2, empty for nearly every equation. */
        public List<Integer> higher() {
            return betti.subList(3, betti.size());
        }
    }

    /**
     * The complex has more faces, or asked for more elimination steps, than an answer is worth.
     *
     * @param components b0, which is always known
     */
    record TooLarge(int components, int loops) implements TopologyOutcome {}
}
