/**
 * Images: from a file's bytes to a tensor, and from a model's outputs to labels and boxes. A pure library: no HTTP, no engine,
 * no threads of its own.
 */
@NullMarked
package phifleet.inference.vision;

import org.jspecify.annotations.NullMarked;
