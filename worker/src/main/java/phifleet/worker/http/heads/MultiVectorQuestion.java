package phifleet.worker.http.heads;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.dialect.TeiProblems;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonOutput;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.MultiVectorEncoder;
import phifleet.inference.text.TokenWords;

/**
 * Texts to a vector a token.
 *
 * @param alone whether the text stood outside of a list
 * @param isNative whether the answer is an object of this project's own
 * @param tokens whether such an answer says of which token each vector is
 */
record MultiVectorQuestion(
        List<String> texts,
        boolean alone,
        @Nullable String model,
        MultiVectorEncoder.Role role,
        boolean truncate,
        boolean isNative,
        boolean tokens)
        implements HeadQuestion<MultiVectorEncoder, Vector> {
    /** Numbers of one answer, some 50 MB of JSON: it lies in memory whole. */
    private static final int MOST_NUMBERS = 4 << 20;

    @Override
    public Class<MultiVectorEncoder> kind() {
        return MultiVectorEncoder.class;
    }

    @Override
    public String kindLabel() {
        return "multi-vector-encoder";
    }

    @Override
    public String field() {
        return isNative ? "texts" : "inputs";
    }

    @Override
    public String path(int index) {
        return alone ? field() : JsonInput.path(field(), index);
    }

    @Override
    public ProblemShape problems() {
        return isNative ? NativeProblems.SHAPE : TeiProblems.SHAPE;
    }

    @Override
    public @Nullable Problem unfit(MultiVectorEncoder encoder) {
        return null;
    }

    @Override
    public Encoding encode(MultiVectorEncoder encoder) {
        return encoder.encode(texts, role, truncate);
    }

    @Override
    public @Nullable Problem tooMuch(MultiVectorEncoder encoder, Encoding.Encoded encoded) {
        return tooMany((long) encoded.tokens() * encoder.dimension(), field());
    }

    @Override
    public Admission submit(
            MultiVectorEncoder encoder,
            Encoding.Encoded encoded,
            Priority priority,
            long deadlineNanos,
            Consumer<Outcome<Vector>> outcome) {
        return encoder.embed(encoded, priority, deadlineNanos, outcome);
    }

    @Override
    public int answerSize(List<Vector> outputs) {
        // A number takes a third of what other answers have an item.
        return outputs.stream().mapToInt(Vector::dimension).sum() / 3;
    }

    @Override
    public void write(
            MultiVectorEncoder encoder,
            Encoding.Encoded encoded,
            List<Vector> outputs,
            Exchange exchange,
            JsonOutput out) {
        if (isNative) {
            out.beginObject().member("multi_vector");
        }
        out.beginList();
        for (int i = 0; i < outputs.size(); i++) {
            write(encoder.vectors(encoded, i, outputs.get(i), role), encoder.dimension(), out);
        }
        out.endList();
        if (isNative) {
            if (tokens) {
                writeTokens(encoder, encoded, role, out);
            }
            out.member("model").string(encoder.description().id());
            out.member("dimension").number(encoder.dimension());
            out.member("tokens").number(encoded.tokens());
            out.member("processing_time_ms").millis(System.nanoTime() - exchange.startNanos());
            out.endObject();
        }
    }

    /** Of each text the token of each vector, as the tokeniser writes it alone, and the words that they make. */
    static void writeTokens(
            MultiVectorEncoder encoder, Encoding.Encoded encoded, MultiVectorEncoder.Role role, JsonOutput out) {
        out.member("vector_tokens").beginList();
        for (TokenSequence text : encoded.sequences()) {
            TokenSequence counted = encoder.counted(text, role);
            out.strings(IntStream.range(0, counted.length())
                    .mapToObj(i -> encoder.tokenizer().decode(new TokenSequence(new int[] {counted.id(i)}), false))
                    .toList());
        }
        out.endList().member("vector_words").beginList();
        TokenWords words = new TokenWords(encoder.tokenizer());
        for (TokenSequence text : encoded.sequences()) {
            out.beginList();
            for (TokenWords.Word word : words.of(text, encoder.counted(text, role))) {
                out.beginObject().member("text").string(word.text());
                out.member("from")
                        .number(word.from())
                        .member("to")
                        .number(word.to())
                        .endObject();
            }
            out.endList();
        }
        out.endList();
    }

    /** @param rows vectors of {@code width} numbers, one behind the other */
    static void write(Vector rows, int width, JsonOutput out) {
        out.beginList();
        for (int from = 0; from < rows.dimension(); from += width) {
            out.numbers(Vector.part(rows.values(), from, width).values());
        }
        out.endList();
    }

    /** Why so many numbers are not answered at once; null where they are. */
    static @Nullable Problem tooMany(long numbers, String field) {
        return numbers <= MOST_NUMBERS
                ? null
                : Problem.of(
                        413,
                        "too_many_texts",
                        "`" + field + "` make vectors of " + numbers + " numbers, at most " + MOST_NUMBERS
                                + " are answered at once",
                        field);
    }
}
