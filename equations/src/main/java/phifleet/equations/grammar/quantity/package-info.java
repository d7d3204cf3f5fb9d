/**
 * From tokens to tokens: which letters behind a number are its unit, {@code 5 km}, and which are factors, {@code 5 m g}.
 * {@link phifleet.equations.grammar.quantity.TrailingUnits} is the way in. Knows {@code token} alone.
 */
@NullMarked
package phifleet.equations.grammar.quantity;

import org.jspecify.annotations.NullMarked;
