/**
 * The Open Inference Protocol, version 2, over HTTP, with the extensions for binary tensors, classification, statistics and the
 * model's configuration, as Triton and KServe speak it.
 */
@NullMarked
package phifleet.worker.http.oip;

import org.jspecify.annotations.NullMarked;
