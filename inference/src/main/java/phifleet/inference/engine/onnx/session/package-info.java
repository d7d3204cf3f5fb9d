/** Graphs that ONNX Runtime has open: on which provider, and tensors in and out. Whoever needs a session has it from here. */
@NullMarked
package phifleet.inference.engine.onnx.session;

import org.jspecify.annotations.NullMarked;
