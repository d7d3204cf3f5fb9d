/** What processes of the fleet agree on. */
@NullMarked
package phifleet.common;

import org.jspecify.annotations.NullMarked;
