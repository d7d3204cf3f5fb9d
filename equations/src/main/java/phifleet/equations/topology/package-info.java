/**
 * The shape of an equation: homology over GF(2) of the complex whose vertices are symbols and whose simplices are terms.
 *
 * <p>Pure functions without state; safe from any thread.
 */
@NullMarked
package phifleet.equations.topology;

import org.jspecify.annotations.NullMarked;
