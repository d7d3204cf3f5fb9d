package phifleet.worker.http.oip;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import phifleet.common.Problem;
import phifleet.inference.ServedModel;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.Rejection;
import phifleet.worker.http.lane.LaneCall;
import phifleet.worker.http.lane.LaneReply;
import phifleet.worker.http.state.ModelProblems;

/** What models of texts have in common: rows of text in, rows of numbers out. */
final class TextRows {
    /** The name of the input. */
    static final String TEXT = "text";

    /** The name of a score. */
    static final String SCORES = "scores";

    private TextRows() {}

    static Signature.Value texts(String name) {
        return new Signature.Value(name, ElementType.STRING, List.of(-1L));
    }

    static Signature.Value floats(String name, long... width) {
        return new Signature.Value(name, ElementType.FP32, width.length == 0 ? List.of(-1L) : List.of(-1L, width[0]));
    }

    static List<String> strings(InferRequest request, String name) {
        return Objects.requireNonNull(request.inputs().get(name)).strings();
    }

    /**
     * What is left to do for tokens.
     *
     * @param <O> what the lane gives for a text
     * @param field the input that they were made of
     */
    static <O> PreparedInference queued(
            ServedModel model,
            String field,
            Encoding encoding,
            Function<Encoding.Encoded, LaneReply.Work<O>> work,
            Function<List<O>, TensorSet> outputs) {
        return switch (encoding) {
            case Encoding.Rejected(int index, Rejection.TooLong tooLong) ->
                new PreparedInference.Refused(ModelProblems.tooLong(tooLong, model, field + "[" + index + "]"));
            case Encoding.Rejected(int index, Rejection reason) ->
                throw new IllegalStateException("no prompts are asked for, and text " + index + " met " + reason);
            case Encoding.Encoded encoded ->
                new PreparedInference.Queued<O>(new LaneCall<>(model, field, work.apply(encoded)), outputs);
        };
    }

    /** Rows of equal length behind one another. */
    static Tensor rows(List<float[]> rows, int width) {
        List<Long> shape = List.of((long) rows.size(), (long) width);
        ByteBuffer data = Tensor.allocate(ElementType.FP32, shape);
        for (float[] row : rows) {
            for (float value : row) {
                data.putFloat(value);
            }
        }
        return Tensor.of(ElementType.FP32, shape, data.flip());
    }

    /** An input that must be one text. */
    static Problem notOne(String name, int found) {
        return Problem.badRequest("invalid_value", "input '" + name + "' must be one text, and has " + found, name);
    }
}
