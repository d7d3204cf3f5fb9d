/**
 * Values of expressions between rigorous bounds: real intervals, their Taylor series, and what is made of these, definite integrals,
 * limits and infinite sums. Where only an estimate of the error is to be had, the value says so.
 */
@NullMarked
package phifleet.equations.enclosure;

import org.jspecify.annotations.NullMarked;
