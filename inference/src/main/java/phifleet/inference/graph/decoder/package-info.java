/** Architectures that were trained to go on with a text, Llama and GPT and what came of them: one class a family, and the layers that several of them have. */
@NullMarked
package phifleet.inference.graph.decoder;

import org.jspecify.annotations.NullMarked;
