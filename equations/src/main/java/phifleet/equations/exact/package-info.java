/**
 * Exact arithmetic: rationals, Q(√5), and a normal form of expressions in which equal things become the same thing.
 *
 * <p>{@link phifleet.equations.exact.Prover} proves identities; a proof is never wrong, and what it cannot prove it leaves open.
 * {@link phifleet.equations.exact.CanonicalEquation} is the form in which {@code E = m c²}, {@code m = E/c²} and {@code E/m = c²} are the
 * same, with a search for renamings, for matching against known laws. Everything is immutable, and bounded by a
 * {@link phifleet.equations.budget.Budget}.
 */
@NullMarked
package phifleet.equations.exact;

import org.jspecify.annotations.NullMarked;
