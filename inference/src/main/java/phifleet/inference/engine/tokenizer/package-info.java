/** Hugging Face tokenisers through DJL. */
@NullMarked
package phifleet.inference.engine.tokenizer;

import org.jspecify.annotations.NullMarked;
