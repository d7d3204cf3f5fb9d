/** From understood inputs to an answer, by way of a model's lane: the same for every dialect. */
@NullMarked
package phifleet.worker.http.lane;

import org.jspecify.annotations.NullMarked;
