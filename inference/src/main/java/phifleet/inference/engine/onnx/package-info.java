/** ONNX models through DJL's ONNX Runtime engine. */
@NullMarked
package phifleet.inference.engine.onnx;

import org.jspecify.annotations.NullMarked;
