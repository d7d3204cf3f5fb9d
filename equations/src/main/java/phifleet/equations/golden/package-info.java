/**
 * φ-coherence: how much of the numbers in an equation lies in Q(√5), the field of the golden ratio.
 *
 * <p>A curiosity that the answer reports; no verdict depends on it.
 */
@NullMarked
package phifleet.equations.golden;

import org.jspecify.annotations.NullMarked;
