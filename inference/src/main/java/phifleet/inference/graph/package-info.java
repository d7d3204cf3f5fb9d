/** ONNX graphs written from {@code config.json} and the header of a safetensors file: one class a family. No engine. */
@NullMarked
package phifleet.inference.graph;

import org.jspecify.annotations.NullMarked;
