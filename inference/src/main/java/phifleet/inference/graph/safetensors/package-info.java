/** The safetensors format: what a file's header says of its tensors, and each as it lies there. */
@NullMarked
package phifleet.inference.graph.safetensors;

import org.jspecify.annotations.NullMarked;
