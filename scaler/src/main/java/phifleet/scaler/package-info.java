/** The hand that sets the replicas of one Swarm service. It decides nothing but whether it may. */
@NullMarked
package phifleet.scaler;

import org.jspecify.annotations.NullMarked;
