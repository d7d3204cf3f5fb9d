/** The command {@code phi}: a fleet, asked and operated at a terminal. */
@NullMarked
package phifleet.worker.phi;

import org.jspecify.annotations.NullMarked;
