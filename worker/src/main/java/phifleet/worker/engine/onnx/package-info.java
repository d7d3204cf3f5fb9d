/** ONNX models through DJL's ONNX Runtime engine. */
@NullMarked
package phifleet.worker.engine.onnx;

import org.jspecify.annotations.NullMarked;
