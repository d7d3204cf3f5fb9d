/** Tests of the room for images, and what they share. */
@NullMarked
package phifleet.inference.vision;

import org.jspecify.annotations.NullMarked;
