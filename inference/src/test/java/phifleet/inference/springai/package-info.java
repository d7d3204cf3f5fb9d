/** Tests. */
@NullMarked
package phifleet.inference.springai;

import org.jspecify.annotations.NullMarked;
