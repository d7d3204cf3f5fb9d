package phifleet.equations.grammar.token;

import java.util.List;
import java.util.Set;
import phifleet.equations.budget.Budget;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token.Kind;

/** Cuts a text into tokens, in one pass. Runs of Latin letters stay uncut: see {@code Identifiers}. */
public final class Lexer {
    private static final String CURRENCIES = "€£¥₹₽₩";
    private static final Set<String> HALF_LIVES = Set.of("t", "T", "tau");

    private final Scan scan;
    private final boolean latex;
    private final Numerals numerals;
    private final LatexCommands commands;
    private final DrawnCharacters characters;
    /** The sign of the money in it, or 0. */
    private char currency;

    private Lexer(String source, boolean latex, Commas commas) {
        this.scan = new Scan(source);
        this.latex = latex;
        this.numerals = new Numerals(source, latex, commas);
        this.commands = new LatexCommands(scan, this::next);
        this.characters = new DrawnCharacters(scan);
    }

    /** The tokens, the last of kind END. */
    public static List<Token> tokens(String source, boolean latex, Commas commas, Budget budget) {
        Lexer lexer = new Lexer(source, latex, commas);
        while (lexer.scan.at < source.length()) {
            budget.spend(1);
            lexer.next();
        }
        lexer.scan.tokens.add(new Token(Kind.END, "", source.length(), source.length(), lexer.scan.spaced));
        return lexer.scan.tokens;
    }

    private void next() {
        char c = scan.source.charAt(scan.at);
        if (c == '$' || c == '\u200B' || c == '\u2061' || c == '\u2062' || c == '\uFEFF' || c == '∵') {
            scan.at++;
        } else if (CURRENCIES.indexOf(c) >= 0) {
            currency(c);
        } else if (Character.isWhitespace(c) || Character.isSpaceChar(c) || (c == '~' && scan.peek(1) != '=')) {
            scan.at++;
            scan.spaced = true;
        } else if (c == '\\') {
            commands.read();
        } else if (Scan.isDigit(c) || (c == '.' && Scan.isDigit(scan.peek(1)))) {
            number();
        } else if ((c == '_' || Scan.isLatin(c)) && dummy()) {
            return;
        } else if (Scan.isLatin(c)) {
            letters();
        } else if (Letters.raised(c) != null) {
            shifted(Kind.SUPERSCRIPT);
        } else if (Letters.lowered(c) != null) {
            shifted(Kind.SUBSCRIPT);
        } else if (c == '½' && isHalfLife()) {
            scan.add(Kind.SUBSCRIPT, "1/2", 1);
        } else if (Letters.fraction(c) != null) {
            scan.add(Kind.NUMBER, java.util.Objects.requireNonNull(Letters.fraction(c)), 1);
        } else if (c == '[' && Concentrations.end(scan.source, scan.at) > scan.at) {
            int end = Concentrations.end(scan.source, scan.at);
            scan.add(Kind.NAME, Concentrations.name(scan.source, scan.at, end), end - scan.at);
        } else if (!sign()) {
            characters.read();
        }
    }

    /** Whether a letter of time is touched: {@code t½}. */
    private boolean isHalfLife() {
        Token before = scan.tokens.isEmpty() ? null : scan.tokens.getLast();
        return before != null
                && before.end() == scan.at
                && HALF_LIVES.contains(before.text())
                && (before.is(Kind.LETTERS) || before.is(Kind.NAME));
    }

    /** A sum of money is its number, as long as all are of one currency. */
    private void currency(char sign) {
        if (currency != 0 && currency != sign) {
            throw scan.fail(
                    Code.UNEXPECTED_CHARACTER,
                    "Two currencies stand in it, “" + currency + "” and “" + sign + "”; their rate is not known.",
                    scan.at,
                    1);
        }
        currency = sign;
        scan.at++;
    }

    private boolean sign() {
        Signs.Sign sign = Signs.at(scan.source, scan.at);
        if (sign == null) {
            return false;
        }
        for (int i = 1; i < sign.times(); i++) {
            scan.add(sign.kind(), sign.text(), 0);
        }
        return scan.add(sign.kind(), sign.text(), sign.length());
    }

    private void letters() {
        int function = latex ? scan.at : MachineNames.functionEnd(scan.source, scan.at);
        int end = function;
        while (function == scan.at && end < scan.source.length() && Scan.isLatin(scan.source.charAt(end))) {
            end++;
        }
        String run = scan.source.substring(scan.at, end);
        boolean share = run.equals("of")
                && !scan.tokens.isEmpty()
                && scan.tokens.getLast().isOperator("%");
        scan.add(share ? Kind.OPERATOR : Kind.LETTERS, share ? "*" : run, end - scan.at);
    }

    /** Takes a name that only programs print. */
    private boolean dummy() {
        int end = latex ? scan.at : MachineNames.dummyEnd(scan.source, scan.at);
        return end > scan.at && scan.add(Kind.NAME, scan.source.substring(scan.at, end), end - scan.at);
    }

    private void number() {
        Numerals.Numeral numeral = numerals.read(scan.at);
        scan.add(Kind.NUMBER, numeral.text(), numeral.end() - scan.at);
    }

    private void shifted(Kind kind) {
        StringBuilder text = new StringBuilder();
        int end = scan.at;
        while (end < scan.source.length()) {
            String plain = kind == Kind.SUPERSCRIPT
                    ? Letters.raised(scan.source.charAt(end))
                    : Letters.lowered(scan.source.charAt(end));
            if (plain == null) {
                break;
            }
            text.append(plain);
            end++;
        }
        scan.add(kind, text.toString(), end - scan.at);
    }

    /** Whether the text holds a LaTeX command. */
    public static boolean looksLikeLatex(String source) {
        int backslash = source.indexOf('\\');
        return backslash >= 0 && backslash + 1 < source.length();
    }
}
