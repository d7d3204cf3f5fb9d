/** Tests of the command phi. */
@NullMarked
package phifleet.worker.phi;

import org.jspecify.annotations.NullMarked;
