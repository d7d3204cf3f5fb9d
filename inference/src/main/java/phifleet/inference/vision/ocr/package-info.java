/** Text in images: where its lines are, which way up each is, and what it says. No engine. */
@NullMarked
package phifleet.inference.vision.ocr;

import org.jspecify.annotations.NullMarked;
