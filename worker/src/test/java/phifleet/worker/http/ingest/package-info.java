/** Tests of what is in images. */
@NullMarked
package phifleet.worker.http.ingest;

import org.jspecify.annotations.NullMarked;
