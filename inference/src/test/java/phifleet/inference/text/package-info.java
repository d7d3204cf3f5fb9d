/** Tests. */
@NullMarked
package phifleet.inference.text;

import org.jspecify.annotations.NullMarked;
