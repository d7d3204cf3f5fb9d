/**
 * What an equation claims by its form alone, before anything is calculated: {@link phifleet.equations.claim.Claims} tells claims for all
 * values from definitions and from equations to be solved, {@link phifleet.equations.claim.SideKinds} that sides are of different kinds,
 * {@link phifleet.equations.claim.Slips} whether one is an identity but for a slip. Stateless, safe from any thread.
 */
@NullMarked
package phifleet.equations.claim;

import org.jspecify.annotations.NullMarked;
