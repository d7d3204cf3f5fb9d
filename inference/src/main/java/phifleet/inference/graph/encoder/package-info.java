/** Architectures that were trained to look both ways, BERT and what came of it: one class a family, and the layers that several of them have. */
@NullMarked
package phifleet.inference.graph.encoder;

import org.jspecify.annotations.NullMarked;
