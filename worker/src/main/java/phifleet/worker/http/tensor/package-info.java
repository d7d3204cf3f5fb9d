/** Tensors in JSON, for every route that takes or gives them. */
@NullMarked
package phifleet.worker.http.tensor;

import org.jspecify.annotations.NullMarked;
