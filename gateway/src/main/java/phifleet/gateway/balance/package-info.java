/** Which worker takes a request: pure policies over what is known of the workers. No network, no Vert.x. */
@NullMarked
package phifleet.gateway.balance;

import org.jspecify.annotations.NullMarked;
