/** Reads what SymPy prints, for tests on pairs that its own test suite holds equal. */
@NullMarked
package phifleet.equations.sympy;

import org.jspecify.annotations.NullMarked;
