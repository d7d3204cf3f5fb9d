package phifleet.equations.grammar.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Application;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Dirac's notation and commutators, as functions nothing is known of: {@code ⟨ψ|φ⟩} is {@code braket(psi, phi)}, {@code |ψ⟩} is
 * {@code ket(psi)}, {@code [A, B]} is {@code commutator(A, B)}. So nothing is claimed but that they were understood.
 */
public final class BraKets {
    private final Atoms atoms;
    private final Cursor cursor;

    BraKets(Atoms atoms) {
        this.atoms = atoms;
        this.cursor = atoms.cursor;
    }

    /** The tokens with {@code <} and {@code >} as brackets where no relation can stand. */
    public static List<Token> angled(List<Token> tokens) {
        List<Token> out = new ArrayList<>(tokens);
        for (int i = 0; i < tokens.size(); i++) {
            Token token = out.get(i);
            boolean starts = i == 0 || !ends(out.get(i - 1));
            if (token.is(Kind.RELATION, "<") && starts) {
                int close = closing(out, i + 1);
                if (close > 0) {
                    out.set(i, bracket(token, Kind.OPEN, "⟨"));
                    out.set(close, bracket(out.get(close), Kind.CLOSE, "⟩"));
                }
            } else if (token.is(Kind.BAR, "|") && i + 1 < tokens.size()) {
                int close = closing(out, i + 1);
                boolean bars = close < 0 || out.subList(i + 1, close).stream().anyMatch(t -> t.is(Kind.BAR));
                boolean relation = close > 0 && !out.get(close + 1).is(Kind.END) && continues(out.get(close + 1));
                if (!bars && !relation) {
                    out.set(close, bracket(out.get(close), Kind.CLOSE, "⟩"));
                }
            }
        }
        return out;
    }

    private static Token bracket(Token token, Kind kind, String text) {
        return new Token(kind, text, token.start(), token.end(), token.spaced());
    }

    /** Whether an operand stands behind, so that the sign was a relation. */
    private static boolean continues(Token token) {
        return token.is(Kind.NUMBER) || token.isSymbol();
    }

    /** The next {@code >} with no other relation and no sum's end before it; -1 where there is none. */
    private static int closing(List<Token> tokens, int from) {
        for (int i = from; i < tokens.size(); i++) {
            if (tokens.get(i).is(Kind.RELATION)) {
                return tokens.get(i).is(Kind.RELATION, ">") && i > from ? i : -1;
            }
        }
        return -1;
    }

    private static boolean ends(Token token) {
        return switch (token.kind()) {
            case NUMBER, LETTERS, NAME, CLOSE, TEXT, CONSTANT, SUBSCRIPT, SUPERSCRIPT, UNIT -> true;
            default -> token.isOperator("!") || token.isOperator("'");
        };
    }

    /** What stands at the angle bracket here, or null where it is a mean value. */
    @Nullable
    Expr bra() {
        int open = cursor.index();
        int bar = bar(open + 1);
        if (bar < 0) {
            return null;
        }
        Token first = cursor.next();
        List<Expr> parts = new ArrayList<>();
        parts.add(atoms.grammar.insideBars());
        while (cursor.acceptOperator(",")) {
            parts.add(atoms.grammar.insideBars());
        }
        while (cursor.peek().is(Kind.BAR)) {
            cursor.next();
            boolean more = !cursor.peek().is(Kind.CLOSE) && atoms.grammar.startsFactorOrSign(cursor.peek());
            if (!more || !hasKet(cursor.index())) {
                break;
            }
            parts.add(atoms.grammar.insideBars());
            while (cursor.acceptOperator(",")) {
                parts.add(atoms.grammar.insideBars());
            }
        }
        boolean closed = parts.size() > 1 && cursor.accept(Kind.CLOSE, "⟩");
        if (parts.size() > 1 && !closed) {
            throw cursor.unexpected(cursor.peek(), "⟩");
        }
        return cursor.make(new Application(Symbol.of(parts.size() > 1 ? "braket" : "bra"), parts), first.start());
    }

    /** The bar that parts the bracket whose inside begins at {@code from}, or -1. */
    private int bar(int from) {
        if (cursor.token(from).is(Kind.BAR)) {
            return -1;
        }
        for (int i = from; !cursor.token(i).is(Kind.END) && !cursor.token(i).is(Kind.RELATION); i++) {
            if (cursor.token(i).is(Kind.CLOSE, "⟩")) {
                return -1;
            }
            if (cursor.token(i).is(Kind.BAR)) {
                return i;
            }
            if (cursor.token(i).is(Kind.OPEN)) {
                i = cursor.closing(i);
            }
        }
        return -1;
    }

    private boolean hasKet(int from) {
        for (int i = from; !cursor.token(i).is(Kind.END) && !cursor.token(i).is(Kind.RELATION); i++) {
            if (cursor.token(i).is(Kind.CLOSE, "⟩")) {
                return true;
            }
            if (cursor.token(i).is(Kind.OPEN)) {
                i = cursor.closing(i);
            }
        }
        return false;
    }

    /** {@code |ψ⟩} at the bar here, or null where it is an absolute value. */
    @Nullable
    Expr ket() {
        for (int i = cursor.index() + 1; !cursor.token(i).is(Kind.END); i++) {
            if (cursor.token(i).is(Kind.BAR) || cursor.token(i).is(Kind.RELATION)) {
                return null;
            }
            if (cursor.token(i).is(Kind.CLOSE, "⟩")) {
                Token open = cursor.next();
                List<Expr> labels = new ArrayList<>(List.of(atoms.grammar.nested()));
                while (cursor.acceptOperator(",") || cursor.acceptOperator(";")) {
                    labels.add(atoms.grammar.nested());
                }
                if (!cursor.accept(Kind.CLOSE, "⟩")) {
                    throw cursor.unexpected(cursor.peek(), "⟩");
                }
                return cursor.make(new Application(Symbol.of("ket"), labels), open.start());
            }
            if (cursor.token(i).is(Kind.OPEN)) {
                i = cursor.closing(i);
            }
        }
        return null;
    }
}
