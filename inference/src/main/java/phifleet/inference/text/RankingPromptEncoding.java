package phifleet.inference.text;

import org.jspecify.annotations.Nullable;
import phifleet.inference.model.RankingPrompt;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;

/** What a decoder is asked, as tokens. Thread-safe. */
final class RankingPromptEncoding {
    private final Tokenizer tokenizer;
    private final RankingPrompt prompt;
    private final TokenSequence prefix;
    private final TokenSequence suffix;
    private final int most;

    /** @param most tokens of a question */
    RankingPromptEncoding(Tokenizer tokenizer, RankingPrompt prompt, int most) {
        this.tokenizer = tokenizer;
        this.prompt = prompt;
        this.most = most;
        this.prefix = tokenizer.encode(prompt.prefix(), false);
        this.suffix = tokenizer.encode(prompt.suffix(), false);
    }

    TokenSequence middle(@Nullable String instruction, String query, String document) {
        return tokenizer.encode(
                prompt.ask(instruction == null ? prompt.instruction() : instruction, query, document), false);
    }

    int length(TokenSequence middle) {
        return prefix.length() + middle.length() + suffix.length();
    }

    /** All three parts, the middle cut to what the model takes. */
    TokenSequence whole(TokenSequence middle, EncodeOptions.Direction direction) {
        int room = Math.max(0, most - prefix.length() - suffix.length());
        TokenSequence kept = middle.length() <= room
                ? middle
                : Truncation.cut(middle, room, Truncation.NO_SPECIAL, direction.isLeft(tokenizer));
        int[] ids = new int[length(kept)];
        int at = put(prefix, ids, 0);
        at = put(kept, ids, at);
        put(suffix, ids, at);
        return new TokenSequence(ids);
    }

    private static int put(TokenSequence part, int[] ids, int at) {
        for (int i = 0; i < part.length(); i++) {
            ids[at + i] = part.id(i);
        }
        return at + part.length();
    }
}
