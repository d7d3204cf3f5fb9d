package phifleet.inference.text.entity;

import java.util.Locale;

/** What is made of tokens' labels: as transformers' {@code token-classification} pipeline has it. */
public enum Aggregation {
    /** An entity a token, with the label as the model has it. */
    NONE,
    /** Neighbours of one kind are one entity. */
    SIMPLE,
    /** The same of words, each of which has its first token's label. */
    FIRST,
    /** The same of words, each of which has the label with the best mean over its tokens. */
    AVERAGE,
    /** The same of words, each of which has the label of its surest token. */
    MAX;

    /** The name in requests. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isOfWords() {
        return switch (this) {
            case NONE, SIMPLE -> false;
            case FIRST, AVERAGE, MAX -> true;
        };
    }
}
