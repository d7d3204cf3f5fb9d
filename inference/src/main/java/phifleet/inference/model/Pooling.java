package phifleet.inference.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How one vector is made of the vectors of a text's tokens.
 *
 * @param modes whose results lie one behind the other; empty where the graph pools by itself
 * @param includePrompt whether a prompt's tokens count, and the model's own before them
 * @param filling a token that is not the last one wherever it ends a text, since the network takes it for padding; −1 for none
 */
public record Pooling(List<Mode> modes, boolean includePrompt, int filling) {
    /** The mean over all tokens but padding. */
    public static final Pooling MEAN = of(Mode.MEAN);
    /** The first token's that counts. */
    public static final Pooling CLS = of(Mode.CLS);
    /** The last token's that is no padding. */
    public static final Pooling LAST = of(Mode.LAST);
    /** The graph pools by itself: its output is one vector a text. */
    public static final Pooling NONE = new Pooling(List.of(), true);

    /** What is made of each number of a text's tokens. */
    public enum Mode {
        CLS,
        MAX,
        MEAN,
        /** The sum, divided by the root of the number of tokens. */
        MEAN_SQRT_LEN,
        /** The mean with weights 1, 2, 3 and so on, by places in the text. */
        WEIGHTED_MEAN,
        LAST;

        /** The name in configuration files and answers. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The weight of a token; all but {@link #MAX} are sums with weights.
         *
         * @param from the first token that counts
         */
        float weight(int index, int from, int length) {
            int counted = length - from;
            return switch (this) {
                case CLS -> index == first(from, length) ? 1 : 0;
                case LAST -> index == length - 1 ? 1 : 0;
                case MEAN -> index < from ? 0 : 1f / counted;
                case MEAN_SQRT_LEN -> index < from ? 0 : (float) (1 / Math.sqrt(counted));
                case WEIGHTED_MEAN ->
                    index < from ? 0 : (index + 1) / ((length * (length + 1f) - from * (from + 1f)) / 2);
                case MAX -> throw new IllegalStateException("a maximum is no weighted sum");
            };
        }

        /** The first token that counts; of a text that is nothing but its prompt, as sentence-transformers has it, the first of all. */
        private static int first(int from, int length) {
            return from < length ? from : 0;
        }
    }

    public Pooling {
        modes = List.copyOf(modes);
    }

    /** Of texts that nothing fills up. */
    public Pooling(List<Mode> modes, boolean includePrompt) {
        this(modes, includePrompt, -1);
    }

    /** The last token's that is not this one, as transformers' classifiers of decoders have it. */
    public static Pooling lastBut(int filling) {
        return new Pooling(List.of(Mode.LAST), true, filling);
    }

    public static Pooling of(Mode mode) {
        return new Pooling(List.of(mode), true);
    }

    /** For people: {@code mean}, {@code max+mean}, {@code none}. */
    public String label() {
        return modes.isEmpty() ? "none" : modes.stream().map(Mode::label).collect(Collectors.joining("+"));
    }

    /** Whether the graph pools by itself. */
    public boolean isNone() {
        return modes.isEmpty();
    }

    /** Whether one weighted sum over the tokens is all there is to do. */
    public boolean isOneSum() {
        return modes.size() == 1 && !modes.contains(Mode.MAX);
    }

    /** Whether the vector is one token's: the first's or the last's. */
    public boolean isOneToken() {
        return modes.equals(List.of(Mode.CLS)) || modes.equals(List.of(Mode.LAST));
    }

    /** The token whose vector it is, where {@link #isOneToken}. */
    public int token(TokenSequence text) {
        return modes.contains(Mode.CLS) ? Mode.first(first(text), text.length()) : last(text);
    }

    private int last(TokenSequence text) {
        int last = text.length() - 1;
        while (last > 0 && text.id(last) == filling) {
            last--;
        }
        return last;
    }

    /** The weight of a token in a text of {@code length} tokens, where {@link #isOneSum} and prompts count; 0 where there is none. */
    public float weight(int index, int length) {
        return modes.isEmpty() ? 0 : modes.getFirst().weight(index, 0, length);
    }

    /** The same for one text, whose prompt may not count. */
    public float weight(TokenSequence text, int index) {
        return weight(modes.getFirst(), text, index);
    }

    private float weight(Mode mode, TokenSequence text, int index) {
        return mode == Mode.LAST ? index == last(text) ? 1 : 0 : mode.weight(index, first(text), text.length());
    }

    /**
     * Pools one text's rows.
     *
     * @param rows one row of {@code width} numbers a token
     * @param offset where the text's first row begins
     */
    public Vector pool(TokenSequence text, float[] rows, int offset, int width) {
        float[] pooled = new float[width * modes.size()];
        for (int mode = 0; mode < modes.size(); mode++) {
            pool(modes.get(mode), text, rows, offset, width, pooled, mode * width);
        }
        return new Vector(pooled);
    }

    /**
     * What a text asks for of its rows: one vector; or, where it asks for something of each token, all rows one behind the other, for
     * whoever makes it of them.
     *
     * @param rows as {@link #pool} has them
     */
    public Vector given(TokenSequence text, float[] rows, int offset, int width) {
        return text.outputs().isDenseAlone()
                ? pool(text, rows, offset, width)
                : Vector.part(rows, offset, text.length() * width);
    }

    private void pool(Mode mode, TokenSequence text, float[] rows, int offset, int width, float[] pooled, int at) {
        int from = first(text);
        if (mode == Mode.MAX) {
            // sentence-transformers' least value, which is the result where no token counts.
            Arrays.fill(pooled, at, at + width, -1e9f);
            for (int token = from; token < text.length(); token++) {
                for (int i = 0; i < width; i++) {
                    pooled[at + i] = Math.max(pooled[at + i], rows[offset + token * width + i]);
                }
            }
            return;
        }
        for (int token = 0; token < text.length(); token++) {
            float weight = weight(mode, text, token);
            if (weight != 0) {
                for (int i = 0; i < width; i++) {
                    pooled[at + i] += weight * rows[offset + token * width + i];
                }
            }
        }
    }

    private int first(TokenSequence text) {
        return includePrompt ? 0 : Math.min(text.promptTokens(), text.length());
    }
}
