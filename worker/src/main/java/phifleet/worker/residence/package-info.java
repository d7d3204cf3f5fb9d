/** Which models are held: loaded, swapped and unloaded while requests are served. */
@NullMarked
package phifleet.worker.residence;

import org.jspecify.annotations.NullMarked;
