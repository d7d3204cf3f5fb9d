package phifleet.worker.http.heads;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonOutput;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.TextOutputs;
import phifleet.inference.model.Vector;
import phifleet.inference.text.Embeddings;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.HybridEncoder;
import phifleet.inference.text.MultiVectorEncoder;
import phifleet.inference.text.TextParts;

/**
 * Texts to several outputs by one run.
 *
 * @param outputs at least two
 * @param tokens whether the answer says which tokens weights and vectors are of
 * @param normalize whether texts' vectors are scaled to length one; null for what the model does
 * @param dimensions of texts' vectors; 0 for what the model has
 */
record OutputsQuestion(
        List<String> texts,
        @Nullable String model,
        TextOutputs outputs,
        boolean truncate,
        boolean tokens,
        @Nullable Boolean normalize,
        int dimensions)
        implements HeadQuestion<HybridEncoder, Vector> {

    @Override
    public Class<HybridEncoder> kind() {
        return HybridEncoder.class;
    }

    @Override
    public String kindLabel() {
        return "sentence-encoder that gives " + String.join(" and ", outputs.names());
    }

    @Override
    public String field() {
        return "texts";
    }

    @Override
    public String path(int index) {
        return JsonInput.path(field(), index);
    }

    @Override
    public ProblemShape problems() {
        return NativeProblems.SHAPE;
    }

    @Override
    public @Nullable Problem unfit(HybridEncoder encoder) {
        List<String> given = encoder.gives().names();
        if (!given.containsAll(outputs.names())) {
            return Problem.badRequest(
                    "invalid_value",
                    "`outputs` must be of " + String.join(", ", given) + " for the model "
                            + encoder.description().id() + ", was " + String.join(", ", outputs.names()),
                    "outputs");
        }
        return dimensions <= encoder.dimension()
                ? null
                : Problem.badRequest(
                        "invalid_value",
                        "`dimensions` must be from 1 to " + encoder.dimension() + " for the model "
                                + encoder.description().id() + ", was " + dimensions,
                        "dimensions");
    }

    @Override
    public Encoding encode(HybridEncoder encoder) {
        return encoder.encode(texts, outputs, truncate);
    }

    @Override
    public @Nullable Problem tooMuch(HybridEncoder encoder, Encoding.Encoded encoded) {
        long each = outputs.multiVector() ? encoder.tokenDimension() : 1;
        return MultiVectorQuestion.tooMany(encoded.tokens() * each, field());
    }

    @Override
    public Admission submit(
            HybridEncoder encoder,
            Encoding.Encoded encoded,
            Priority priority,
            long deadlineNanos,
            Consumer<Outcome<Vector>> outcome) {
        return encoder.embed(encoded, priority, deadlineNanos, outcome);
    }

    @Override
    public int answerSize(List<Vector> results) {
        return results.stream().mapToInt(Vector::dimension).sum() / 3;
    }

    @Override
    public void write(
            HybridEncoder encoder, Encoding.Encoded encoded, List<Vector> results, Exchange exchange, JsonOutput out) {
        List<TextParts> parts = IntStream.range(0, results.size())
                .mapToObj(i -> encoder.parts(encoded.sequences().get(i), results.get(i)))
                .toList();
        out.beginObject();
        if (outputs.dense()) {
            out.member("embeddings").beginList();
            parts.forEach(part -> out.numbers(
                    finished(encoder, Objects.requireNonNull(part.dense())).values()));
            out.endList();
        }
        if (outputs.sparse()) {
            out.member("sparse").beginList();
            parts.forEach(part -> SparseQuestion.write(
                    Objects.requireNonNull(part.sparse()), tokens ? encoder.tokenizer() : null, out));
            out.endList();
        }
        if (outputs.multiVector()) {
            out.member("multi_vector").beginList();
            parts.forEach(part ->
                    MultiVectorQuestion.write(Objects.requireNonNull(part.vectors()), encoder.tokenDimension(), out));
            out.endList();
            if (tokens) {
                MultiVectorQuestion.writeTokens(
                        Objects.requireNonNull(encoder.as(MultiVectorEncoder.class)),
                        encoded,
                        MultiVectorEncoder.Role.DOCUMENT,
                        out);
            }
        }
        out.member("model").string(encoder.description().id());
        if (outputs.dense()) {
            out.member("dimension").number(dimension(encoder));
        }
        if (outputs.multiVector()) {
            out.member("multi_vector_dimension").number(encoder.tokenDimension());
        }
        out.member("tokens").number(encoded.tokens());
        out.member("processing_time_ms").millis(System.nanoTime() - exchange.startNanos());
        out.endObject();
    }

    /** As a request for this vector alone has it. */
    private Vector finished(HybridEncoder encoder, Vector pooled) {
        return normalize == null
                ? Embeddings.usual(pooled, dimension(encoder), encoder.task().normalize())
                : Embeddings.finish(pooled, dimension(encoder), normalize);
    }

    private int dimension(HybridEncoder encoder) {
        int own = encoder.task().recipe().dimensions();
        return dimensions > 0 ? dimensions : own > 0 ? own : encoder.dimension();
    }
}
