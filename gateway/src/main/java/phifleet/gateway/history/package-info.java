/**
 * What became of the fleet in the last hour and the last day, as one gateway saw it, in memory of a fixed size. No network, no Vert.x.
 */
@NullMarked
package phifleet.gateway.history;

import org.jspecify.annotations.NullMarked;
