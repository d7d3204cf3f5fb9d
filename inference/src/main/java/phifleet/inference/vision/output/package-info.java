/** What the outputs of networks that see mean: labels, boxes, and where these lie in the image as it was sent; no engine. */
@NullMarked
package phifleet.inference.vision.output;

import org.jspecify.annotations.NullMarked;
