package phifleet.worker.http.embed;

import org.jspecify.annotations.Nullable;
import phifleet.http.dialect.ProblemShape;
import phifleet.inference.text.EncodeOptions;

/**
 * What any dialect asks of a sentence encoder.
 *
 * @param model null for the default
 * @param normalize null for what the model does by itself
 * @param dimensions how many of the vector's first values are wanted; 0 for all
 * @param answer how the vectors go back
 * @param problems how a refusal goes back
 */
record EmbedRequest(
        TextInputs inputs,
        @Nullable String model,
        EncodeOptions options,
        @Nullable Boolean normalize,
        int dimensions,
        EmbedAnswer answer,
        ProblemShape problems) {

    /** The same, with the model's own number of dimensions where none is named. */
    EmbedRequest withDimensions(int dimensions) {
        return this.dimensions > 0 || dimensions == 0
                ? this
                : new EmbedRequest(inputs, model, options, normalize, dimensions, answer, problems);
    }
}
