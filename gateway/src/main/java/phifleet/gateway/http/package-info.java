/** The server, its routes, and the views of the fleet; rooms below it hold the rest. */
@NullMarked
package phifleet.gateway.http;

import org.jspecify.annotations.NullMarked;
