package phifleet.equations.grammar.quantity;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Where letters behind numbers are unknowns, though each could be a unit and no other symbol stands in the text: {@code 3t + 2 = 8}, {@code
 * -4.9t² + 20t = 0}, {@code 2a + 3b = 5c}. Beside bare numbers a unit would break any sum.
 */
final class UnknownLetters {
    /** As many letters that touch their numbers are rarely all units. */
    private static final int MANY = 3;

    private UnknownLetters() {}

    /** Whether these tails are no units, in a text without other symbols. */
    static boolean are(List<Token> tokens, List<UnitTail> tails) {
        boolean letters = !tails.isEmpty()
                && tails.stream().allMatch(tail -> isLetter(tail) && !UnitLetters.isPlain(tail.unit()));
        if (!letters || !isSum(tokens, tails)) {
            return false;
        }
        Set<String> names = new HashSet<>();
        Set<String> units = new HashSet<>();
        boolean touching = true;
        for (UnitTail tail : tails) {
            names.add(letter(tail));
            units.add(tail.unit());
            touching &= !tokens.get(tail.value().next()).spaced();
        }
        boolean bare = IntStream.range(0, tokens.size()).anyMatch(i -> isTerm(tokens, i));
        boolean polynomial = names.size() == 1 && units.size() > 1;
        if (touching) {
            return bare || polynomial || names.size() >= MANY;
        }
        boolean small = names.stream().allMatch(name -> Character.isLowerCase(name.charAt(0)));
        return bare && small && tails.size() == 1 && tokens.stream().anyMatch(UnknownLetters::isSign);
    }

    private static boolean isLetter(UnitTail tail) {
        return !tail.scan().marked()
                && letter(tail).length() == 1
                && Character.isLetter(letter(tail).charAt(0));
    }

    /** Without its exponent. */
    private static String letter(UnitTail tail) {
        String first = tail.scan().first();
        int raised = first.indexOf('^');
        return raised > 0 ? first.substring(0, raised) : first;
    }

    private static boolean isSign(Token token) {
        return token.isOperator("+") || token.isOperator("-");
    }

    /** Whether nothing is multiplied, divided or in brackets but what belongs to a letter. */
    private static boolean isSum(List<Token> tokens, List<UnitTail> tails) {
        boolean[] inside = new boolean[tokens.size()];
        tails.forEach(tail -> {
            for (int i = tail.value().from(); i < tail.scan().next(); i++) {
                inside[i] = true;
            }
        });
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean plain = token.is(Kind.NUMBER) || token.is(Kind.RELATION) || token.is(Kind.END) || isSign(token);
            if (!inside[i] && !plain) {
                return false;
            }
        }
        return true;
    }

    /** Whether a number is all of a term, and not 0. */
    private static boolean isTerm(List<Token> tokens, int i) {
        return tokens.get(i).is(Kind.NUMBER)
                && !tokens.get(i).text().equals("0")
                && (i == 0 || isEdge(tokens.get(i - 1)))
                && isEdge(tokens.get(i + 1));
    }

    private static boolean isEdge(Token token) {
        return token.is(Kind.RELATION) || token.is(Kind.END) || isSign(token);
    }
}
