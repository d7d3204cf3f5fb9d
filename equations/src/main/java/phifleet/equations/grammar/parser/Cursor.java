package phifleet.equations.grammar.parser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.SourceMap;
import phifleet.equations.ast.Span;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.grammar.name.NumberSets;
import phifleet.equations.grammar.token.Notes;
import phifleet.equations.grammar.token.SyntaxException;
import phifleet.equations.grammar.token.SyntaxProblem;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Where the parser stands, which bracket closes which, and the one place where nodes are made: it notes their spans and
 * holds the limits on depth and number.
 */
public final class Cursor {
    /** Nested rules of the grammar, at most; a bracket costs three, and each rule some three frames of the Java stack. */
    private static final int MAX_NESTING = 240;

    final String source;
    final boolean latex;
    public final SourceMap places = new SourceMap();
    final Notes notes;
    final Budget budget;
    /** Whether braces hold the members of sets. */
    final boolean ofSets;

    private final List<Token> tokens;
    private final int[] partner;
    private final IdentityHashMap<Expr, Integer> depths = new IdentityHashMap<>();
    private int at;
    private int nesting;
    private int nodes;

    public Cursor(String source, boolean latex, List<Token> tokens, Notes notes, Budget budget) {
        this.source = source;
        this.latex = latex;
        this.tokens = tokens;
        this.notes = notes;
        this.budget = budget;
        this.partner = partners(tokens);
        this.ofSets = SetSigns.areIn(tokens);
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (at + 1 < tokens.size()) {
            at++;
        }
        return token;
    }

    Token previous() {
        return tokens.get(Math.max(0, at - 1));
    }

    int index() {
        return at;
    }

    Token token(int index) {
        return tokens.get(Math.min(index, tokens.size() - 1));
    }

    void moveTo(int index) {
        at = index;
    }

    boolean accept(Kind kind, String text) {
        boolean there = peek().is(kind, text);
        if (there) {
            next();
        }
        return there;
    }

    boolean acceptOperator(String sign) {
        return accept(Kind.OPERATOR, sign);
    }

    void expectClose(Token open, String close) {
        if (!accept(Kind.CLOSE, close)) {
            Token found = peek();
            if (found.is(Kind.END)) {
                throw fail(Code.UNBALANCED_BRACKET, "This bracket is never closed.", open, close);
            }
            if (found.is(Kind.CLOSE)) {
                throw fail(Code.UNBALANCED_BRACKET, "This bracket closes one that was not opened last.", found, close);
            }
            throw unexpected(found, close);
        }
    }

    /** The index of the bracket that closes the one at {@code index}, or the last token's where none does. */
    int closing(int index) {
        return partner[index];
    }

    /** Whether a comma stands directly between the brackets that open at {@code index}. */
    boolean hasComma(int index) {
        for (int i = index + 1; i < closing(index); i++) {
            if (token(i).isOperator(",")) {
                return true;
            }
            if (token(i).is(Kind.OPEN)) {
                i = closing(i);
            }
        }
        return false;
    }

    /** Call at the start of each rule that can contain itself, and {@link #leave} at its end. */
    void enter() {
        if (++nesting > MAX_NESTING) {
            throw fail(Code.TOO_DEEP, "The equation is nested deeper than " + MAX_NESTING / 3 + " brackets.", peek());
        }
    }

    void leave() {
        nesting--;
    }

    /** The node, with its span from {@code start} to the last token read. */
    <T extends Expr> T make(T node, int start) {
        int end = Math.max(start, previous().end());
        return make(node, new Span(start, end - start));
    }

    <T extends Expr> T make(T node, Span span) {
        budget.spend(1);
        int deepest = 0;
        for (Expr part : node.children()) {
            deepest = Math.max(deepest, depths.getOrDefault(part, 1));
        }
        nodes++;
        requireWithin(nodes, deepest + 1);
        if (deepest > 0) {
            depths.put(node, deepest + 1);
        }
        return places.put(node, span);
    }

    /** The expression with {@code by} wherever {@code part} stands in it; what is copied counts as if it were written so often. */
    Expr replaced(Expr expr, Expr part, Expr by, int start) {
        int[] times = {0};
        Trees.visit(expr, node -> times[0] += node.equals(part) ? 1 : 0);
        count(expr, (long) times[0] * Trees.nodeCount(by), Trees.depth(by));
        Expr made = make(Trees.replace(expr, part, by), start);
        depths.put(made, Trees.depth(made));
        return made;
    }

    /** The expression, which stands in another place too. */
    Expr repeated(Expr expr) {
        count(expr, 0, 0);
        return expr;
    }

    private void count(Expr expr, long more, int deeper) {
        long copied = Trees.nodeCount(expr) + more;
        requireWithin(nodes + copied, Trees.depth(expr) + deeper);
        budget.spend(copied);
        nodes += (int) copied;
    }

    private void requireWithin(long count, int depth) {
        if (count > Trees.MAX_NODES) {
            throw fail(Code.TOO_MANY_NODES, "The equation has more than " + Trees.MAX_NODES + " parts.", previous());
        }
        if (depth > Trees.MAX_DEPTH) {
            throw fail(Code.TOO_DEEP, "The equation is nested deeper than " + Trees.MAX_DEPTH + " levels.", previous());
        }
    }

    void warn(String code, String message, int start) {
        notes.warn(code, message, start, Math.max(0, previous().end() - start));
    }

    SyntaxException unexpected(Token token, String... expected) {
        if (token.is(Kind.END)) {
            return fail(Code.UNEXPECTED_END, "The equation ends too early.", token, expected);
        }
        if (token.is(Kind.CLOSE) && !isPartnered(token)) {
            return fail(Code.UNBALANCED_BRACKET, "This bracket closes nothing.", token, expected);
        }
        if (token.isOperator("∃")) {
            String hint = "“Exists” is not read; write the equation alone, and whether it has solutions is looked for.";
            return fail(Code.UNEXPECTED_TOKEN, hint, token, expected);
        }
        if (token.isOperator("∀") || NumberSets.isSet(token)) {
            String hint =
                    "What symbols stand for is read beside an equation, such as ∀x ∈ ℝ: x² ≥ 0, or n! > 0, n ∈ ℕ.";
            return fail(Code.UNEXPECTED_TOKEN, hint, token, expected);
        }
        return fail(Code.UNEXPECTED_TOKEN, "“" + shown(token) + "” cannot stand here.", token, expected);
    }

    SyntaxException fail(Code code, String message, Token token, String... expected) {
        return new SyntaxException(SyntaxProblem.at(
                source, code, message, token.start(), token.end() - token.start(), Arrays.asList(expected)));
    }

    private String shown(Token token) {
        return token.span().of(source);
    }

    private boolean isPartnered(Token close) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is(Kind.OPEN) && tokens.get(partner[i]).equals(close)) {
                return true;
            }
        }
        return false;
    }

    private static int[] partners(List<Token> tokens) {
        int[] partner = new int[tokens.size()];
        Arrays.fill(partner, tokens.size() - 1);
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is(Kind.OPEN)) {
                open.add(i);
            } else if (tokens.get(i).is(Kind.CLOSE) && !open.isEmpty()) {
                partner[open.removeLast()] = i;
            }
        }
        return partner;
    }
}
