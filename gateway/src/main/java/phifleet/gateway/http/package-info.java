/** Routes, the proxy, and the view of the fleet. */
@NullMarked
package phifleet.gateway.http;

import org.jspecify.annotations.NullMarked;
