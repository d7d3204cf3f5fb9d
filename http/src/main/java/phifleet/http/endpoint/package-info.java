/** What answers a request, in the ways that routes share: a body read whole, work done on a pool, a reply that waits. */
@NullMarked
package phifleet.http.endpoint;

import org.jspecify.annotations.NullMarked;
