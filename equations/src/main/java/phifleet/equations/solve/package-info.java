/**
 * Equations that are no identities: for which values they hold.
 *
 * <p>{@link phifleet.equations.solve.Solver} decides numeric statements, solves polynomials in one symbol (exactly where the roots are
 * rational or quadratic), isolates a symbol that stands linearly, brackets real roots of what else has one symbol, and samples inequalities. Of several
 * equations, {@link phifleet.equations.solve.Elimination} puts one into the other, and {@link phifleet.equations.solve.Conditions} reads
 * which of them bound a symbol.
 */
@NullMarked
package phifleet.equations.solve;

import org.jspecify.annotations.NullMarked;
