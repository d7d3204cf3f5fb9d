/** Inputs that nobody meant: both programs over sockets, and in this process what reads files. Run by {@code scripts/fuzz}. */
@NullMarked
package phifleet.worker.fuzz;

import org.jspecify.annotations.NullMarked;
