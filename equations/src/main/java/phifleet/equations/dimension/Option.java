package phifleet.equations.dimension;

import phifleet.equations.units.Dimension;

/**
 * One dimension that a symbol of a statement may have, as a search sees it.
 *
 * @param gap how much less likely it is, as a natural logarithm, than the symbol's likeliest dimension
 */
record Option(Dimension dimension, Meaning meaning, double gap) {}
