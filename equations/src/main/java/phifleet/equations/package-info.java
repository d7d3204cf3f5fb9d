/** The equation validator: a plain library that needs no server. */
@NullMarked
package phifleet.equations;

import org.jspecify.annotations.NullMarked;
