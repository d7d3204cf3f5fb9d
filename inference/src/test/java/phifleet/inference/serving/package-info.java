/** Tests. */
@NullMarked
package phifleet.inference.serving;

import org.jspecify.annotations.NullMarked;
