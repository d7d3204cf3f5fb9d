/** A fleet in a real Swarm: under faults of its engine and network, and under a load that its size follows. */
@NullMarked
package phifleet.benchmark.swarm;

import org.jspecify.annotations.NullMarked;
