/** Matrices and vectors of written components: an equation between them becomes one equation for each entry. */
@NullMarked
package phifleet.equations.matrix;

import org.jspecify.annotations.NullMarked;
