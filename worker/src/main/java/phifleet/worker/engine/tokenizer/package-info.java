/** Hugging Face tokenisers through DJL. */
@NullMarked
package phifleet.worker.engine.tokenizer;

import org.jspecify.annotations.NullMarked;
