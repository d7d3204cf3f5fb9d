/** Tests. */
@NullMarked
package phifleet.inference.local;

import org.jspecify.annotations.NullMarked;
