/** Lanes: admission, queue, batch forming and the loop that runs a model. No HTTP, no DJL. */
@NullMarked
package phifleet.inference.lane;

import org.jspecify.annotations.NullMarked;
