/** Tests of what is in images. */
@NullMarked
package phifleet.worker.http.ingest.pipeline;

import org.jspecify.annotations.NullMarked;
