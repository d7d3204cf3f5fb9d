package phifleet.inference.engine.onnx;

import java.util.List;
import java.util.Objects;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.model.WordMarks;
import phifleet.inference.onnx.OnnxSignature;

/** What of a batch's output belongs to one of its texts, padding left out. */
sealed interface GraphOutputs {

    static GraphOutputs of(Task.OfTexts task) {
        return switch (task.grain()) {
            case TEXT -> new Pooled(task.pooling());
            case TOKEN -> new Tokens();
            case SPAN -> new Spans(((Task.SpanExtraction) task).maxWidth());
        };
    }

    /** Dimensions of the output, texts first. */
    int rank();

    /** The output that is read where nobody says which. */
    OnnxSignature.Value usual(OnnxSignature signature) throws ModelException;

    /**
     * The numbers of a text.
     *
     * @param row its place in the batch
     * @param shape of {@code values}
     */
    Vector ofText(TokenSequence text, int row, float[] values, List<Long> shape) throws ModelException;

    /** Words of the longest span that is scored; 0 where none are. */
    default int spanWidth() {
        return 0;
    }

    /** One vector. */
    record Pooled(Pooling pooling) implements GraphOutputs {
        @Override
        public int rank() {
            return pooling.isNone() ? 2 : 3;
        }

        @Override
        public OnnxSignature.Value usual(OnnxSignature signature) throws ModelException {
            return PreparedModel.output(signature, pooling);
        }

        @Override
        public Vector ofText(TokenSequence text, int row, float[] values, List<Long> shape) {
            int width = Math.toIntExact(shape.getLast());
            int rows = pooling.isNone() ? 1 : Math.toIntExact(shape.get(1));
            return pooling.isNone()
                    ? Vector.part(values, row * width, width)
                    : pooling.given(text, values, row * rows * width, width);
        }
    }

    /** A vector a token, one behind the other. */
    record Tokens() implements GraphOutputs {
        private static final List<String> USUAL =
                List.of("logits", "last_hidden_state", "token_embeddings", "hidden_states");

        @Override
        public int rank() {
            return 3;
        }

        @Override
        public OnnxSignature.Value usual(OnnxSignature signature) throws ModelException {
            return wanted(signature, rank(), USUAL);
        }

        @Override
        public Vector ofText(TokenSequence text, int row, float[] values, List<Long> shape) throws ModelException {
            int width = Math.toIntExact(shape.getLast());
            int rows = Math.toIntExact(shape.get(1));
            if (text.length() > rows) {
                throw new ModelException("the graph gives " + rows + " vectors for " + text.length() + " tokens");
            }
            return Vector.part(values, row * rows * width, text.length() * width);
        }
    }

    /** Of each word, of each number of words from it on, a number a label. */
    record Spans(int spanWidth) implements GraphOutputs {
        @Override
        public int rank() {
            return 4;
        }

        @Override
        public OnnxSignature.Value usual(OnnxSignature signature) throws ModelException {
            return wanted(signature, rank(), List.of("logits"));
        }

        @Override
        public Vector ofText(TokenSequence text, int row, float[] values, List<Long> shape) throws ModelException {
            WordMarks marks = Objects.requireNonNull(text.words());
            int words = Math.toIntExact(shape.get(1));
            int labels = Math.toIntExact(shape.get(3));
            if (marks.words() > words || shape.get(2) != spanWidth || marks.labels() > labels) {
                throw new ModelException("the graph gives numbers of the shape " + shape + " for " + marks
                        + " and spans of " + spanWidth + " words");
            }
            float[] own = new float[marks.words() * spanWidth * marks.labels()];
            for (int span = 0; span < marks.words() * spanWidth; span++) {
                System.arraycopy(
                        values, (row * words * spanWidth + span) * labels, own, span * marks.labels(), marks.labels());
            }
            return new Vector(own);
        }
    }

    private static OnnxSignature.Value wanted(OnnxSignature signature, int rank, List<String> usual)
            throws ModelException {
        return PreparedModel.output(signature, rank, usual)
                .orElseThrow(() -> new ModelException("the model's task wants an output of " + rank
                        + " dimensions, but the outputs are " + signature.outputs()));
    }
}
