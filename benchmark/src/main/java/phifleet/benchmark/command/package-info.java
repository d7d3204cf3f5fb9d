/** The command line of {@code scripts/benchmark}. */
@NullMarked
package phifleet.benchmark.command;

import org.jspecify.annotations.NullMarked;
