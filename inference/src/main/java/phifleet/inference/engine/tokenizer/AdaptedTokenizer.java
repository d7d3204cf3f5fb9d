package phifleet.inference.engine.tokenizer;

import java.util.List;
import java.util.Locale;
import phifleet.inference.model.Recipe;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;

/**
 * A tokeniser as a model's folder wants it used.
 *
 * @param lowerCase whether texts are made lower case first
 * @param specialTokens whether the model's own tokens are added where they are asked for
 */
public record AdaptedTokenizer(Tokenizer tokenizer, boolean lowerCase, boolean specialTokens) implements Tokenizer {

    /** The tokeniser itself where nothing is special. */
    public static Tokenizer of(Tokenizer tokenizer, Recipe recipe) {
        return recipe.lowerCase() || !recipe.specialTokens()
                ? new AdaptedTokenizer(tokenizer, recipe.lowerCase(), recipe.specialTokens())
                : tokenizer;
    }

    @Override
    public TokenSequence encode(String text, boolean addSpecialTokens) {
        return tokenizer.encode(cased(text), addSpecialTokens && specialTokens);
    }

    @Override
    public List<Token> tokens(String text, boolean addSpecialTokens) {
        return tokenizer.tokens(cased(text), addSpecialTokens && specialTokens);
    }

    @Override
    public String decode(TokenSequence sequence, boolean skipSpecialTokens) {
        return tokenizer.decode(sequence, skipSpecialTokens);
    }

    @Override
    public PairLayout pairLayout() {
        return specialTokens
                ? tokenizer.pairLayout()
                : new PairLayout(List.of(), List.of(), List.of(), Integer.MAX_VALUE);
    }

    @Override
    public int specialTokenCount() {
        return specialTokens ? tokenizer.specialTokenCount() : 0;
    }

    @Override
    public int vocabularySize() {
        return tokenizer.vocabularySize();
    }

    private String cased(String text) {
        return lowerCase ? text.toLowerCase(Locale.ROOT) : text;
    }
}
