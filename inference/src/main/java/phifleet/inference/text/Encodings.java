package phifleet.inference.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import phifleet.inference.model.TokenSequence;

/** Collects what a request's inputs became, one after the other. For one thread. */
public final class Encodings {
    private final LongSupplier nanoClock;
    private final long start;
    private final List<TokenSequence> sequences;
    private final List<Passage> passages = new ArrayList<>();
    private final List<Share> shares = new ArrayList<>();
    private boolean windowed;
    private int tokens;
    private int characters;

    /** The time that it takes is counted from here. */
    Encodings(int inputs, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.start = nanoClock.getAsLong();
        this.sequences = new ArrayList<>(inputs);
    }

    /** So much text was read. */
    public void read(String text) {
        characters += text.codePointCount(0, text.length());
    }

    /** The next input's tokens, as many as the model takes. */
    void add(TokenSequence sequence) {
        sequences.add(sequence);
        tokens += sequence.length();
    }

    /** A part of an input's tokens, as many as the model takes. */
    public void add(TokenSequence sequence, Passage passage) {
        add(sequence);
        passages.add(passage);
    }

    /** A window of an input's tokens, as many as the model takes. */
    void add(TokenSequence sequence, Share share) {
        windowed |= !shares.isEmpty() && shares.getLast().input() == share.input();
        add(sequence);
        shares.add(share);
    }

    /** The next input, refused, where it may not be cut: it has so many tokens, and the model takes fewer. */
    Encoding.Rejected tooLong(int length, int most) {
        return new Encoding.Rejected(sequences.size(), new Rejection.TooLong(length, most));
    }

    public Encoding.Encoded finish() {
        return new Encoding.Encoded(
                List.copyOf(sequences),
                tokens,
                characters,
                nanoClock.getAsLong() - start,
                List.copyOf(passages),
                windowed ? List.copyOf(shares) : List.of());
    }
}
