/** The only package that imports {@code ai.djl} and ONNX Runtime. */
@NullMarked
package phifleet.worker.engine;

import org.jspecify.annotations.NullMarked;
