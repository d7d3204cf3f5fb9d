package phifleet.inference.engine.tokenizer;

import java.util.List;
import phifleet.inference.model.Recipe;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;

/**
 * A tokeniser as a model's folder wants it used.
 *
 * @param specialTokens whether the model's own tokens are added where they are asked for
 * @param cutsLeft whether a text of too many tokens loses its beginning
 * @param tellsPairs whether the network is told the two texts of a pair apart
 */
public record AdaptedTokenizer(Tokenizer tokenizer, boolean specialTokens, boolean cutsLeft, boolean tellsPairs)
        implements Tokenizer {

    /** The tokeniser itself where nothing is special. */
    public static Tokenizer of(Tokenizer tokenizer, Recipe recipe, boolean cutsLeft, boolean tellsPairs) {
        return recipe.specialTokens() && !cutsLeft && tellsPairs
                ? tokenizer
                : new AdaptedTokenizer(tokenizer, recipe.specialTokens(), cutsLeft, tellsPairs);
    }

    @Override
    public TokenSequence encode(String text, boolean addSpecialTokens) {
        return tokenizer.encode(text, addSpecialTokens && specialTokens);
    }

    @Override
    public List<Token> tokens(String text, boolean addSpecialTokens) {
        return tokenizer.tokens(text, addSpecialTokens && specialTokens);
    }

    @Override
    public String decode(TokenSequence sequence, boolean skipSpecialTokens) {
        return tokenizer.decode(sequence, skipSpecialTokens);
    }

    @Override
    public PairLayout pairLayout() {
        if (!specialTokens) {
            return new PairLayout(List.of(), List.of(), List.of(), Integer.MAX_VALUE);
        }
        PairLayout own = tokenizer.pairLayout();
        return tellsPairs ? own : new PairLayout(own.before(), own.between(), own.after(), Integer.MAX_VALUE);
    }

    @Override
    public int specialTokenCount() {
        return specialTokens ? tokenizer.specialTokenCount() : 0;
    }

    @Override
    public int vocabularySize() {
        return tokenizer.vocabularySize();
    }

    @Override
    public int ordinarySize() {
        return tokenizer.ordinarySize();
    }
}
