/** Measurements, run by scripts/bench. No test: nothing here passes or fails. */
@NullMarked
package phifleet.worker.bench;

import org.jspecify.annotations.NullMarked;
