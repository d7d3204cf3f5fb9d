package phifleet.worker.http.heads;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.dialect.TeiProblems;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonOutput;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.SparseVector;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
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
 * @param form of the answer
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
        Form form)
        implements HeadQuestion<SparseEncoder, SparseVector> {

    /** How the weights are written. */
    enum Form {
        /** Text-embeddings-inference's. */
        LISTS,
        /** Of {@code POST /predict/{model}}. */
        WEIGHTS,
        /** Of {@code POST /embed}. */
        OUTPUTS
    }

    @Override
    public ProblemShape problems() {
        return form == Form.LISTS ? TeiProblems.SHAPE : NativeProblems.SHAPE;
    }

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
    public @Nullable Reply without(SparseEncoder encoder, Exchange exchange) {
        if (!query || encoder.task().queries() == null) {
            return null;
        }
        List<SparseVector> vectors = inputs.stream().map(encoder::query).toList();
        JsonOutput out = new JsonOutput(256 + 32 * answerSize(vectors));
        write(encoder, vectors, 0, exchange, out);
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
        write(encoder, outputs, encoded.tokens(), exchange, out);
    }

    /** @param tokensRun of the texts, as many as the model saw */
    private void write(
            SparseEncoder encoder, List<SparseVector> outputs, int tokensRun, Exchange exchange, JsonOutput out) {
        boolean listed = form == Form.LISTS || form == Form.OUTPUTS || !alone;
        switch (form) {
            case LISTS -> {}
            case WEIGHTS -> {
                out.beginObject().member("model").string(encoder.description().id());
                out.member("weights");
            }
            case OUTPUTS -> {
                out.beginObject().member("model").string(encoder.description().id());
                out.member("sparse");
            }
        }
        if (listed) {
            out.beginList();
        }
        for (SparseVector whole : outputs) {
            write(
                    most == Integer.MAX_VALUE && least <= 0 ? whole : whole.strongest(most, least),
                    tokens ? encoder.tokenizer() : null,
                    out);
        }
        if (listed) {
            out.endList();
        }
        if (form == Form.OUTPUTS) {
            out.member("tokens").number(tokensRun);
            out.member("processing_time_ms").millis(System.nanoTime() - exchange.startNanos());
        }
        if (form != Form.LISTS) {
            out.endObject();
        }
    }

    /** @param words spells the vocabulary's words; null where they are not wanted */
    static void write(SparseVector vector, @Nullable Tokenizer words, JsonOutput out) {
        out.beginList();
        for (int i = 0; i < vector.size(); i++) {
            out.beginObject().member("index").number(vector.index(i));
            out.member("value").number(vector.value(i));
            if (words != null) {
                out.member("token").string(words.decode(new TokenSequence(new int[] {vector.index(i)}), false));
            }
            out.endObject();
        }
        out.endList();
    }
}
