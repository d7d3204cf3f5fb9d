/** Tensors out of the files that PyTorch's {@code save} writes, read as data: nothing of such a file is ever run. */
@NullMarked
package phifleet.inference.hub.torch;

import org.jspecify.annotations.NullMarked;
