package phifleet.equations.identity;

import java.util.Optional;

/**
 * What the points of one region told.
 *
 * @param equal points where the sides agree
 * @param unclear points that told nothing
 * @param counterexample the first point where they differ; no further points were taken after it
 */
record Evidence(int equal, int unclear, Optional<Counterexample> counterexample) {

    /** Whether enough points agree and none differs. */
    boolean agrees(int enough) {
        return counterexample.isEmpty() && equal >= enough;
    }
}
