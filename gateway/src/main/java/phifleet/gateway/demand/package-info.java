/** How many workers the fleet wants: pure reckoning over what is asked of it. No network, no Vert.x, no clock of its own. */
@NullMarked
package phifleet.gateway.demand;

import org.jspecify.annotations.NullMarked;
