/** The ONNX file format: its messages, and what a file says of itself. */
@NullMarked
package phifleet.inference.onnx;

import org.jspecify.annotations.NullMarked;
