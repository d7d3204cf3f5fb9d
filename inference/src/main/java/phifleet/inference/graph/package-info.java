/** ONNX graphs: encoders written from {@code config.json} and the header of a safetensors file, and operators for graphs that came as such. No engine. */
@NullMarked
package phifleet.inference.graph;

import org.jspecify.annotations.NullMarked;
