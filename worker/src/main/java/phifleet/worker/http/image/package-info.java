/** Files of images in requests: where they are in a body, and what is wrong with them; for every room that takes some. */
@NullMarked
package phifleet.worker.http.image;

import org.jspecify.annotations.NullMarked;
