/** The only package that imports {@code ai.djl} and ONNX Runtime. */
@NullMarked
package phifleet.inference.engine;

import org.jspecify.annotations.NullMarked;
