/** Tests. */
@NullMarked
package phifleet.inference.graph.safetensors;

import org.jspecify.annotations.NullMarked;
