/** The gateway's main, settings and wiring. */
@NullMarked
package phifleet.gateway;

import org.jspecify.annotations.NullMarked;
