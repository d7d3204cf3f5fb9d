/** Fills a fleet's index of images from a folder, and says how fast. */
@NullMarked
package phifleet.benchmark.ingest;

import org.jspecify.annotations.NullMarked;
