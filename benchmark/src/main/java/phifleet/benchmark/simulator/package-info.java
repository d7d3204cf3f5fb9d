/**
 * A fleet in virtual time: the gateway's own policy, directory and demand, workers that take the time of a cost curve, and hands
 * that start and end them. Deterministic by seed.
 */
@NullMarked
package phifleet.benchmark.simulator;

import org.jspecify.annotations.NullMarked;
