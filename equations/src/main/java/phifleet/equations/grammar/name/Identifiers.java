package phifleet.equations.grammar.name;

import java.util.List;
import java.util.Map;
import java.util.Set;
import phifleet.equations.ast.Function;
import phifleet.equations.budget.Budget;
import phifleet.equations.grammar.token.Ambiguity;
import phifleet.equations.grammar.token.Letters;
import phifleet.equations.grammar.token.Notes;
import phifleet.equations.grammar.token.SyntaxException;
import phifleet.equations.grammar.token.SyntaxProblem;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;
import phifleet.equations.grammar.token.Vocabulary;

/**
 * Decides what each run of Latin letters is: one name, a function, or a product of letters. In this order:
 *
 * <ol>
 *   <li>a name the caller declared is whole;
 *   <li>a run before a subscript is whole ({@code omega_0}, {@code IE_h});
 *   <li>a Greek name, a constant, a function and a form is what it says; some only with brackets behind;
 *   <li>a quantity's English name is whole ({@code force}); a dimensionless number ({@code Re}) where it stands alone;
 *   <li>{@code d} and a letter is a differential, unless a plain d stands elsewhere;
 *   <li>in a text that writes every product with a sign, a longer run is a name;
 *   <li>otherwise it is a product of letters, functions and long Greek names: {@code nRT}, {@code mgsin}, {@code 2pir}.
 * </ol>
 *
 * <p>LaTeX has no runs: there {@code ab} is a·b, but a function whose backslash was forgotten stays a function.
 */
public final class Identifiers {
    /** Differential operators in words, before what they act on. */
    private static final Set<String> OPERATOR_WORDS = Set.of("grad", "div", "curl", "rot");

    private static final Map<String, String> CONSTANTS =
            Map.of("pi", "pi", "oo", "oo", "inf", "oo", "infinity", "oo", "GoldenRatio", "golden");

    private final String source;
    private final List<Token> in;
    private final boolean latex;
    private final Set<String> declared;
    private final Notes notes;
    private final NamedTokens out;
    private final WrittenIndices indices;
    private final LetterProducts products;
    private final TokenContext around;

    private final boolean explicit;
    private final boolean differentials;
    private final boolean bareD;
    /** Whether a name of several letters stands alone on a side. */
    private final boolean namesStand;

    private final Set<String> statePairs;
    private final GreekLetters greek;
    private final Initials initials;

    private Identifiers(
            String source, List<Token> in, boolean latex, Set<String> declared, Notes notes, Budget budget) {
        this.source = source;
        this.in = in;
        this.latex = latex;
        this.declared = declared;
        this.notes = notes;
        this.out = new NamedTokens(notes);
        this.indices = new WrittenIndices(in, latex, out);
        this.around = new TokenContext(in);
        this.explicit = !latex && TokenContext.writesEveryProduct(in);
        this.differentials = Differentials.everywhere(in);
        this.bareD = declared.contains("d") || Differentials.standsAlone(in);
        this.products = new LetterProducts(declared, bareD, differentials, out, budget);
        this.namesStand = around.hasNameAlone();
        this.statePairs = latex ? Set.of() : IndexWords.pairs(in, declared);
        this.initials = new Initials(in, declared, notes);
        this.greek = new GreekLetters(in, latex, declared, differentials, notes);
    }

    /** The tokens with every run resolved. */
    public static List<Token> resolve(
            String source, List<Token> tokens, boolean latex, Set<String> declared, Notes notes, Budget budget) {
        Identifiers words = new Identifiers(source, tokens, latex, declared, notes, budget);
        for (int i = 0; i < tokens.size(); i++) {
            budget.spend(1);
            i = words.resolve(i);
        }
        return words.out.all;
    }

    /** Resolves the token at {@code i}; returns the last index used. */
    private int resolve(int i) {
        Token token = in.get(i);
        if (token.isOperator("_") && i > 0 && takesSubscript(i - 1)) {
            return indices.read(i, this::latexRun);
        }
        int constant = token.is(Kind.LETTERS, "pK") ? indices.dissociation(i) : 0;
        if (constant > 0) {
            Token last = in.get(i + constant);
            String index = in.get(i + (constant == 4 ? 3 : 2)).text();
            out.add(new Token(Kind.NAME, "pK" + index, token.start(), last.end(), token.spaced()));
            return i + constant;
        }
        if (token.is(Kind.TEXT, "d") && around.at(i + 1).isSymbol()) {
            out.add(new Token(Kind.DIFFERENTIAL, "d", token.start(), token.end(), token.spaced()));
        } else if (token.is(Kind.NAME)) {
            out.add(greek.read(token, i));
            // Behind a command digits are a factor, behind a letter itself an index: \\mu 0, μ0.
            boolean letter = source.charAt(token.start()) != '\\'
                    && token.text().length() > 1
                    && out.all.getLast().is(Kind.NAME);
            Token next = around.at(i + 1);
            if (letter && next.is(Kind.LETTERS) && !next.spaced() && IndexWords.isOne(next.text())) {
                out.add(new Token(Kind.SUBSCRIPT, next.text(), next.start(), next.end(), false));
                return i + 1;
            }
            return letter && IndexDigits.follow(source, token, around.at(i + 1), out.all, notes) ? i + 1 : i;
        } else if (!token.is(Kind.LETTERS)) {
            out.add(token);
        } else if (latex) {
            latexRun(token, i);
        } else {
            plainRun(token, i);
            return IndexDigits.follow(source, token, around.at(i + 1), out.all, notes) ? i + 1 : i;
        }
        return i;
    }

    private boolean takesSubscript(int before) {
        Token token = in.get(before);
        boolean function = token.is(Kind.LETTERS) && Vocabulary.function(token.text()) != null;
        return !token.is(Kind.BIG)
                && !token.is(Kind.FUNCTION)
                && !(function && isLogarithm(token))
                && !BigWords.begins(around, before, latex, declared);
    }

    private static boolean isLogarithm(Token token) {
        return token.text().equals("log") || token.text().equals("lim");
    }

    private void latexRun(Token token, int i) {
        String run = token.text();
        Function function = Vocabulary.function(run);
        if (EnglishWords.isAbbreviation(run) && run.length() > 1 && around.isTerm(i) && !declared.contains(run)) {
            out.warn(
                    "word", "“" + run + "” is read as one name; write spaces between letters that are factors.", token);
            out.add(Kind.NAME, run, token, 0, run.length());
        } else if (run.length() > 1
                && (declared.contains(run)
                        || Vocabulary.isWord(run)
                        || (Vocabulary.isName(run) && (around.alone(i) || namesStand)))) {
            out.add(Kind.NAME, run, token, 0, run.length());
        } else if (run.length() > 1 && function != null && Vocabulary.standsAlone(function)) {
            out.warn("missing_backslash", "“" + run + "” is read as the function \\" + run + ".", token);
            out.add(function, run, token, 0, run.length());
        } else if (initials.areOneName(run)) {
            out.add(Kind.NAME, run, token, 0, run.length());
        } else {
            for (int k = 0; k < run.length(); k++) {
                boolean last = k + 1 == run.length();
                boolean beforeSymbol = last ? TokenContext.startsSymbol(around.at(i + 1)) : !bareD || differentials;
                boolean sign = run.charAt(k) == 'd'
                        && ((beforeSymbol && (differentials || (!last && k == 0 && run.length() == 2)))
                                || (last && around.isDerivative(i)));
                out.add(sign ? Kind.DIFFERENTIAL : Kind.NAME, run.substring(k, k + 1), token, k, k + 1);
            }
        }
    }

    private void plainRun(Token token, int i) {
        String run = token.text();
        Token next = around.at(i + 1);
        boolean called = next.is(Kind.OPEN, "(") && !next.spaced();
        boolean indexed = (next.isOperator("_") && !next.spaced()) || next.is(Kind.SUBSCRIPT);
        boolean modulo = run.equals("mod") && !called && !declared.contains(run);
        if (!namesStand && isExponential(run, i)) {
            products.split(token);
        } else if (run.equals("nCr") && !called && !indexed && !declared.contains(run)) {
            binomial(token);
        } else if (statePairs.contains(run) && !called) {
            indexed(token, 1);
        } else if (modulo) {
            out.add(Kind.OPERATOR, "mod", token, 0, run.length());
        } else if (declared.contains(run) && !(called && Vocabulary.function(run) != null)) {
            out.add(Kind.NAME, run, token, 0, run.length());
        } else if (called && (run.equals("Re") || run.equals("Im"))) {
            Function part = run.equals("Re") ? Function.RE : Function.IM;
            out.add(part, part.spelling(), token, 0, run.length());
        } else if (run.equals("lg") && (called || next.is(Kind.NUMBER))) {
            out.add(new Token(Kind.FUNCTION, "log", token.start(), token.end(), token.spaced(), Function.LOG));
            out.add(new Token(Kind.SUBSCRIPT, "10", token.end(), token.end(), false));
        } else if (BigWords.begins(around, i, latex, declared)) {
            out.add(Kind.BIG, BigWords.sign(run), token, 0, run.length());
        } else if (!known(token, called, indexed, i)) {
            if (indexed && run.length() > 1 && TensorIndices.standBelow(around, i + 1)) {
                products.split(token);
            } else if (indexed && run.length() > 1) {
                out.warn("one_name", "“" + run + "” before a subscript is read as one name.", token);
                out.add(Kind.NAME, run, token, 0, run.length());
            } else if (run.length() == 1) {
                out.add(Kind.NAME, run, token, 0, 1);
            } else {
                unknownRun(token, called, i);
            }
        }
    }

    /** A letter before an e that is raised to letters, {@code Pe^{rt}}, and no name such as that of a dimensionless number. */
    private boolean isExponential(String run, int i) {
        boolean short2 = run.length() == 2 && run.charAt(1) == 'e' && !declared.contains(run);
        if (!short2 || !around.at(i + 1).isOperator("^")) {
            return false;
        }
        boolean open = around.at(i + 2).is(Kind.OPEN);
        boolean number = around.at(open ? i + 3 : i + 2).is(Kind.NUMBER);
        return !number || (open && !around.at(i + 4).is(Kind.CLOSE));
    }

    /** Functions, constants, Greek and whole words; true where the run was one and is out. */
    private boolean known(Token token, boolean called, boolean indexed, int i) {
        String run = token.text();
        String letter = Letters.byName(run);
        Function function = Vocabulary.function(run);
        if (run.equals("d")
                && ((called && !bareD && (differentials || around.overD(i + 1))) || around.isDerivative(i))) {
            out.add(Kind.DIFFERENTIAL, "d", token, 0, 1);
        } else if (function != null
                && !run.equals("d")
                && (called
                        || (Vocabulary.standsAlone(function) && !indexed)
                        || isLogarithm(token)
                        || (Vocabulary.isOfMatrix(function) && around.startsMatrix(i + 1)))) {
            out.add(function, run, token, 0, run.length());
        } else if (called && Vocabulary.isForm(run)) {
            out.add(Kind.FORM, run, token, 0, run.length());
        } else if (OPERATOR_WORDS.contains(run)
                && (token.spaced() || around.startsTerm(i))
                && TokenContext.startsSymbol(around.at(i + 1))) {
            out.add(Kind.TEXT, run, token, 0, run.length());
        } else if (CONSTANTS.containsKey(run)) {
            out.add(Kind.CONSTANT, java.util.Objects.requireNonNull(CONSTANTS.get(run)), token, 0, run.length());
        } else if (letter != null) {
            out.add(greek.read(new Token(Kind.NAME, letter, token.start(), token.end(), token.spaced()), i));
        } else if (run.equals("nabla")) {
            out.add(Kind.NABLA, "∇", token, 0, run.length());
        } else if (Vocabulary.isWord(run) || (Vocabulary.isName(run) && (explicit || namesStand || around.alone(i)))) {
            out.add(Kind.NAME, run, token, 0, run.length());
        } else if (run.equals("d") && differentials && TokenContext.startsSymbol(around.at(i + 1))) {
            out.add(Kind.DIFFERENTIAL, "d", token, 0, 1);
        } else if (run.equals("d")
                && around.at(i + 1).is(Kind.NAME)
                && !around.at(i + 1).spaced()
                && !bareD) {
            out.add(Kind.DIFFERENTIAL, "d", token, 0, 1);
        } else {
            return false;
        }
        return true;
    }

    private void unknownRun(Token token, boolean called, int i) {
        String run = token.text();
        String tail = run.substring(1);
        boolean symbol = tail.length() == 1 || Letters.byName(tail) != null || declared.contains(tail);
        boolean shaped =
                run.length() >= LetterProducts.LONG_RUN || (Character.isUpperCase(run.charAt(0)) && isLower(tail));
        if (run.charAt(0) == 'd' && symbol && (!bareD || differentials)) {
            out.add(Kind.DIFFERENTIAL, "d", token, 0, 1);
            out.add(Kind.NAME, LetterProducts.canonical(tail), token, 1, run.length());
        } else if (EnglishWords.isNumber(run)) {
            throw new SyntaxException(SyntaxProblem.at(
                    source,
                    Code.UNEXPECTED_TOKEN,
                    "Numbers are not read from words; write “" + run + "” in digits, such as 5e6 for 5 million.",
                    token.start(),
                    run.length(),
                    List.of("number")));
        } else if (IndexWords.suffix(run) > 0 || (around.alone(i) && IndexWords.isIndexedLetter(run))) {
            indexed(token, Math.max(1, IndexWords.suffix(run)));
        } else if (isOneWord(run, i)) {
            out.warn(
                    "word",
                    "“" + run + "” is read as one name; write signs or spaces between letters that are factors.",
                    token);
            out.add(Kind.NAME, run, token, 0, run.length());
        } else if (explicit && (called || shaped) && !isProduct(run, called)) {
            out.add(Kind.NAME, run, token, 0, run.length());
        } else if (initials.areOneName(run)) {
            out.add(Kind.NAME, run, token, 0, run.length());
        } else {
            products.split(token);
        }
    }

    /** Takes {@code nCr} as calculators write it. */
    private void binomial(Token token) {
        out.warn("word", "“nCr” is read as the binomial coefficient of n and r.", token);
        out.add(Function.BINOMIAL, "binomial", token, 0, 1);
        out.add(Kind.OPEN, "(", token, 1, 1);
        out.add(Kind.NAME, "n", token, 0, 1);
        out.add(Kind.OPERATOR, ",", token, 1, 2);
        out.add(Kind.NAME, "r", token, 2, 3);
        out.add(Kind.CLOSE, ")", token, 3, 3);
    }

    /** Takes a run as a letter, which ends there, and its index. */
    private void indexed(Token token, int end) {
        String run = token.text();
        out.warn(
                "word_index",
                "“" + run.substring(end) + "” is read as the index of “" + run.substring(0, end) + "”.",
                token);
        out.add(Kind.NAME, LetterProducts.canonical(run.substring(0, end)), token, 0, end);
        out.add(new Token(Kind.SUBSCRIPT, run.substring(end), token.start() + end, token.end(), false));
    }

    /** Whether each letter was declared, or a name such as Tc is read as a product: {@code My/I}. */
    private boolean isProduct(String run, boolean called) {
        return run.chars().allMatch(c -> declared.contains(Character.toString(c)))
                || (run.length() == 2 && !called && notes.isOtherwise(Ambiguity.SHORT_NAME));
    }

    private boolean isOneWord(String run, int i) {
        if (EnglishWords.isAbbreviation(run)) {
            return around.isTerm(i) || around.at(i + 1).is(Kind.OPEN, "(");
        }
        if (!EnglishWords.looksLikeOne(run)) {
            return false;
        }
        for (int k = 0; k < run.length(); k++) {
            if (products.longestWord(run, k) > k + 1) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLower(String text) {
        return text.chars().allMatch(Character::isLowerCase);
    }
}
