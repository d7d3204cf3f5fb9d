/**
 * Whether two expressions are the same function: proved by normal form, agreed on at many points, or refuted by a point that replays.
 *
 * <p>The entry is {@link phifleet.equations.identity.IdentityTester}. Points are evaluated in double precision with a running error bound
 * ({@link phifleet.equations.identity.Ball}), so that "different" and "equal" are both told from "cannot say". A difference is announced
 * only after it was seen again with many digits.
 */
@NullMarked
package phifleet.equations.identity;

import org.jspecify.annotations.NullMarked;
