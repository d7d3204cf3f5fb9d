package phifleet.worker.http.embed;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.http.dialect.ProblemShape;
import phifleet.inference.text.EncodeOptions;

/**
 * What any dialect asks of a sentence encoder.
 *
 * @param model null for the default
 * @param promptNames of these the first that the model has is used, where {@code options} name none: other dialects have names of their
 *     own for what a text is
 * @param normalize null for what the model does by itself
 * @param dimensions how many of the vector's first values are wanted; 0 for all
 * @param answer how the vectors go back
 * @param problems how a refusal goes back
 */
record EmbedRequest(
        TextInputs inputs,
        @Nullable String model,
        EncodeOptions options,
        List<String> promptNames,
        @Nullable Boolean normalize,
        int dimensions,
        EmbedAnswer answer,
        ProblemShape problems) {

    EmbedRequest {
        promptNames = List.copyOf(promptNames);
    }

    /** Without names of prompts that the model need not have. */
    EmbedRequest(
            TextInputs inputs,
            @Nullable String model,
            EncodeOptions options,
            @Nullable Boolean normalize,
            int dimensions,
            EmbedAnswer answer,
            ProblemShape problems) {
        this(inputs, model, options, List.of(), normalize, dimensions, answer, problems);
    }

    /** How the texts become tokens for a model that has these prompts. */
    EncodeOptions options(Set<String> known) {
        return promptNames.stream()
                .filter(known::contains)
                .findFirst()
                .map(name -> new EncodeOptions(options.truncate(), options.direction(), name, null))
                .orElse(options);
    }

    /** The same, with the model's own number of dimensions where none is named. */
    EmbedRequest withDimensions(int dimensions) {
        return this.dimensions > 0 || dimensions == 0
                ? this
                : new EmbedRequest(inputs, model, options, promptNames, normalize, dimensions, answer, problems);
    }
}
