/** Lanes: admission, queue, batch forming and the loop that runs a model. No HTTP, no DJL. */
@NullMarked
package phifleet.worker.inference;

import org.jspecify.annotations.NullMarked;
