/** The model repository extension, whatever carries it: loads, unloads, the index of what is served and what could be. */
@NullMarked
package phifleet.worker.http.oip.repository;

import org.jspecify.annotations.NullMarked;
