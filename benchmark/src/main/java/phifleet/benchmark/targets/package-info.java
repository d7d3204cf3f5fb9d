/** Servers that are measured: how they are started, spoken to and watched. */
@NullMarked
package phifleet.benchmark.targets;

import org.jspecify.annotations.NullMarked;
