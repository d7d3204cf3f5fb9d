/** Calculus on trees: what can be carried out before an equation is tested. */
@NullMarked
package phifleet.equations.calculus;

import org.jspecify.annotations.NullMarked;
