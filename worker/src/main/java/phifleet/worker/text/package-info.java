/** From texts to token sequences and from pooled outputs to embeddings. */
@NullMarked
package phifleet.worker.text;

import org.jspecify.annotations.NullMarked;
