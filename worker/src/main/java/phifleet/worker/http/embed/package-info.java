/** Embeddings in their dialects, and what a tokenizer answers alone. */
@NullMarked
package phifleet.worker.http.embed;

import org.jspecify.annotations.NullMarked;
