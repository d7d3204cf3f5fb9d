package phifleet.worker.http.heads;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.Reply;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonOutput;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.SparseVector;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.SparseEncoder;

/**
 * Texts to weights of tokens.
 *
 * @param field what the texts are called
 * @param alone whether the text stood outside of a list
 * @param query whether the texts are queries, for models that tell them from documents
 * @param tokens whether the vocabulary's words are wanted beside their numbers
 * @param most weights a text
 * @param least the least weight
 * @param problems of the dialect that the answer is in, too: text-embeddings-inference's, or the program's own
 */
record SparseQuestion(
        List<String> inputs,
        String field,
        boolean alone,
        @Nullable String model,
        boolean truncate,
        EncodeOptions.Direction direction,
        boolean query,
        boolean tokens,
        int most,
        float least,
        ProblemShape problems)
        implements HeadQuestion<SparseEncoder, SparseVector> {

    @Override
    public Class<SparseEncoder> kind() {
        return SparseEncoder.class;
    }

    @Override
    public String kindLabel() {
        return "sparse-encoder";
    }

    @Override
    public String path(int index) {
        return alone ? field() : JsonInput.path(field(), index);
    }

    @Override
    public @Nullable Problem unfit(SparseEncoder encoder) {
        return null;
    }

    @Override
    public @Nullable Reply without(SparseEncoder encoder) {
        if (!query || encoder.task().queries() == null) {
            return null;
        }
        List<SparseVector> vectors = inputs.stream().map(encoder::query).toList();
        JsonOutput out = new JsonOutput(256 + 32 * answerSize(vectors));
        write(encoder, vectors, out);
        return new Reply.Answered(encoder.description().id(), out);
    }

    @Override
    public Encoding encode(SparseEncoder encoder) {
        return encoder.encode(inputs, truncate, direction);
    }

    @Override
    public Admission submit(
            SparseEncoder encoder,
            Encoding.Encoded encoded,
            Priority priority,
            long deadlineNanos,
            Consumer<Outcome<SparseVector>> outcome) {
        return encoder.embed(encoded, priority, deadlineNanos, outcome);
    }

    @Override
    public int answerSize(List<SparseVector> outputs) {
        return outputs.stream()
                .mapToInt(vector -> Math.min(most, vector.size()))
                .sum();
    }

    @Override
    public void write(
            SparseEncoder encoder,
            Encoding.Encoded encoded,
            List<SparseVector> outputs,
            Exchange exchange,
            JsonOutput out) {
        write(encoder, outputs, out);
    }

    private void write(SparseEncoder encoder, List<SparseVector> outputs, JsonOutput out) {
        boolean own = problems == NativeProblems.SHAPE;
        if (own) {
            out.beginObject().member("model").string(encoder.description().id());
            out.member("weights");
        }
        if (!own || !alone) {
            out.beginList();
        }
        for (SparseVector whole : outputs) {
            SparseVector vector = most == Integer.MAX_VALUE && least <= 0 ? whole : whole.strongest(most, least);
            out.beginList();
            for (int i = 0; i < vector.size(); i++) {
                out.beginObject().member("index").number(vector.index(i));
                out.member("value").number(vector.value(i));
                if (tokens) {
                    out.member("token")
                            .string(encoder.tokenizer().decode(new TokenSequence(new int[] {vector.index(i)}), false));
                }
                out.endObject();
            }
            out.endList();
        }
        if (!own || !alone) {
            out.endList();
        }
        if (own) {
            out.endObject();
        }
    }
}
