/** Models that take tensors by name and give tensors by name, whatever they mean. */
@NullMarked
package phifleet.inference.tensor;

import org.jspecify.annotations.NullMarked;
