/**
 * What stands for a number in an equation, put in its place: letters that are constants, quantities in base units, readings of
 * thermometers, revolutions, greatest common divisors. Each takes a statement and gives it with the numbers; stateless, safe from any
 * thread.
 */
@NullMarked
package phifleet.equations.number;

import org.jspecify.annotations.NullMarked;
