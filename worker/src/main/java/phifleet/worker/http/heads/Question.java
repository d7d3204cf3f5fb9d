package phifleet.worker.http.heads;

import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.endpoint.Reply;
import phifleet.inference.ServedModel;
import phifleet.inference.text.Encoding;

/**
 * What a request asks of a model, in any dialect, up to the tokens of its texts.
 *
 * @param <M> the kind of model
 */
sealed interface Question<M extends ServedModel> permits HeadQuestion, ImageLabelsQuestion {

    /** The model's name; null for the default of its kind. */
    @Nullable
    String model();

    Class<M> kind();

    /** The kind's name, as {@code cross-encoder}. */
    String kindLabel();

    /** What the inputs are called in the request. */
    String field();

    /** Where an input stands in the request, by its place among those that were encoded. */
    String path(int index);

    /** How a refusal goes back. */
    ProblemShape problems();

    /** What the model cannot do for the request; null where it can do all of it. */
    @Nullable
    Problem unfit(M model);

    /** An answer that needs no device; null where one is needed. */
    default @Nullable Reply without(M model, Exchange exchange) {
        return null;
    }

    Encoding encode(M model);

    /** Why the answer would be too large; null where it would not. */
    default @Nullable Problem tooMuch(M model, Encoding.Encoded encoded) {
        return null;
    }
}
