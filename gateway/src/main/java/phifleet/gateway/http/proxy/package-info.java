/** A request on its way to a worker and its answer on the way back, over as many attempts as that takes. */
@NullMarked
package phifleet.gateway.http.proxy;

import org.jspecify.annotations.NullMarked;
