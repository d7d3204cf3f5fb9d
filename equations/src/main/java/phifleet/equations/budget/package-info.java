/** How much work one request may still cause. */
@NullMarked
package phifleet.equations.budget;

import org.jspecify.annotations.NullMarked;
