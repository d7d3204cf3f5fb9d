/** From an image's file to its pixels, upright, as Pillow has them; no engine. */
@NullMarked
package phifleet.inference.vision.decode;

import org.jspecify.annotations.NullMarked;
