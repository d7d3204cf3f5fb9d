/** Equations judged, one or many. */
@NullMarked
package phifleet.worker.http.equations;

import org.jspecify.annotations.NullMarked;
