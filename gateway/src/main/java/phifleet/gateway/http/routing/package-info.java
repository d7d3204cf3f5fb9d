/** Which model, version and index a request is for, and so which workers may answer it. */
@NullMarked
package phifleet.gateway.http.routing;

import org.jspecify.annotations.NullMarked;
