/** What networks are made of, written as operators of an ONNX graph: its values, weights, attention, places, and config.json by which all are made. */
@NullMarked
package phifleet.inference.graph.part;

import org.jspecify.annotations.NullMarked;
