/** From texts to token sequences and from pooled outputs to embeddings. */
@NullMarked
package phifleet.inference.text;

import org.jspecify.annotations.NullMarked;
