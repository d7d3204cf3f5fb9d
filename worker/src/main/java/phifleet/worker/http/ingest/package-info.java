/** {@code /ingest}, {@code /search}, {@code /images} and {@code /index}: images into an index, and out of it again. */
@NullMarked
package phifleet.worker.http.ingest;

import org.jspecify.annotations.NullMarked;
