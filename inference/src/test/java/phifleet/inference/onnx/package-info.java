@NullMarked
package phifleet.inference.onnx;

import org.jspecify.annotations.NullMarked;
