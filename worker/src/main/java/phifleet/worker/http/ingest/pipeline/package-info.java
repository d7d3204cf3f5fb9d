/** What becomes of an image: decoded once, seen by the models in the batches of all, and put into the index. */
@NullMarked
package phifleet.worker.http.ingest.pipeline;

import org.jspecify.annotations.NullMarked;
