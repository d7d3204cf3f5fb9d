/** What the gateway asks of workers: who they are, how they are, what they hold; and what it has heard. */
@NullMarked
package phifleet.gateway.http.probe;

import org.jspecify.annotations.NullMarked;
