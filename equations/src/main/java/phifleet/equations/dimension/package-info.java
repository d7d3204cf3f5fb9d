/**
 * Dimensional analysis: every node's dimension as a linear form over unknowns, unification over a whole statement, and,
 * where no units are given, a search for what the letters most likely mean.
 */
@NullMarked
package phifleet.equations.dimension;

import org.jspecify.annotations.NullMarked;
