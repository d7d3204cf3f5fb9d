/** Units and physical dimensions: exact exponents, exact scales, a unit parser and the tables of units and constants. */
@NullMarked
package phifleet.equations.units;

import org.jspecify.annotations.NullMarked;
