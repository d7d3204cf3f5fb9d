/**
 * The equation validator: a plain library that needs no server. Begin at {@link phifleet.equations.Validator}: a {@link
 * phifleet.equations.ValidationRequest} goes in, a {@link phifleet.equations.ValidationOutcome} comes out.
 */
@NullMarked
package phifleet.equations;

import org.jspecify.annotations.NullMarked;
