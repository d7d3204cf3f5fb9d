package phifleet.inference.text.entity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.WordMarks;
import phifleet.inference.text.SpecialIds;

/**
 * Labels and words as one sequence: before each label a token of its own, another between the labels and the words, each of which is
 * tokenised by itself. Thread-safe.
 */
final class SpanPrompt {
    private final Tokenizer tokenizer;
    private final SpecialIds special;
    private final int labelId;
    private final int textId;

    SpanPrompt(Tokenizer tokenizer, Task.SpanExtraction task) {
        this.tokenizer = tokenizer;
        this.special = SpecialIds.of(tokenizer);
        this.labelId = own(task.labelToken());
        this.textId = own(task.textToken());
    }

    /** @throws IllegalArgumentException if the tokeniser does not know it as one token */
    private int own(String token) {
        TokenSequence ids = tokenizer.encode(token, false);
        if (ids.length() != 1) {
            throw new IllegalArgumentException("the tokeniser makes " + ids.length() + " tokens of " + token);
        }
        return ids.id(0);
    }

    /** The tokens of a label or a word. */
    int[] tokens(String text) {
        TokenSequence sequence = tokenizer.encode(text, false);
        return IntStream.range(0, sequence.length()).map(sequence::id).toArray();
    }

    /** Whether a label has a token in it that would be read as the prompt's own. */
    boolean isBroken(int[] label) {
        return Arrays.stream(label).anyMatch(id -> id == labelId || id == textId);
    }

    /** How long a sequence is beside its words. */
    int length(List<int[]> labels) {
        return special.count()
                + labels.stream().mapToInt(label -> 1 + label.length).sum()
                + 1;
    }

    /** @param room the most tokens of one word: of a longer one the first are taken */
    TokenSequence sequence(List<int[]> labels, List<int[]> words, int room) {
        List<int[]> parts = new ArrayList<>();
        for (int[] label : labels) {
            parts.add(new int[] {labelId});
            parts.add(label);
        }
        parts.add(new int[] {textId});
        int before = special.before().size()
                + parts.stream().mapToInt(part -> part.length).sum();
        for (int[] word : words) {
            parts.add(word.length > room ? Arrays.copyOf(word, room) : word);
        }
        int[] ids = parts.stream().flatMapToInt(Arrays::stream).toArray();
        TokenSequence whole = special.around(ids, 0, ids.length);
        int[] begins = new int[whole.length()];
        int at = before;
        for (int word = 0; word < words.size(); word++) {
            int length = Math.min(room, words.get(word).length);
            if (length > 0) {
                begins[at] = word + 1;
            }
            at += length;
        }
        return whole.ofWords(new WordMarks(begins, words.size(), labels.size()));
    }
}
