/** How a program of the fleet ends, and what it says then. */
@NullMarked
package phifleet.process;

import org.jspecify.annotations.NullMarked;
