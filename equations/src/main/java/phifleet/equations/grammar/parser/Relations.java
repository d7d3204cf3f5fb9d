package phifleet.equations.grammar.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Statement.Operator;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** The outermost grammar: sides with relations between them, one statement or several. */
public final class Relations {
    /** Environments that only lay out what stands in them. */
    private static final Set<String> LAYOUT = Set.of(
            "equation",
            "align",
            "aligned",
            "gather",
            "gathered",
            "split",
            "eqnarray",
            "displaymath",
            "math",
            "multline",
            "cases",
            "array");

    private final Cursor cursor;
    private final Grammar grammar;

    public Relations(Cursor cursor) {
        this.cursor = cursor;
        this.grammar = new Grammar(cursor);
    }

    /** The whole text. */
    public Statement read() {
        // What it follows from was said before it.
        cursor.accept(Kind.RELATION, "⇒");
        List<String> layout = new ArrayList<>();
        boolean boxed = cursor.peek().is(Kind.OPEN, "{")
                && cursor.token(cursor.closing(0) + 1).is(Kind.END)
                && holdsRelation(cursor.closing(0));
        if (boxed) {
            cursor.next();
        }
        boolean braced = cursor.peek().is(Kind.OPEN, "\\{") && opensLayout(1);
        if (braced) {
            cursor.next();
        }
        while (opensLayout(0)) {
            layout.add(cursor.next().text().substring("begin:".length()));
            if (layout.getLast().equals("array") && cursor.peek().is(Kind.OPEN, "{")) {
                cursor.moveTo(cursor.closing(cursor.index()));
                cursor.next();
            }
        }
        Statement whole = isList() ? bracketed() : sequence();
        for (String name : layout.reversed()) {
            if (!cursor.accept(Kind.COMMAND, "end:" + name)) {
                throw cursor.unexpected(cursor.peek(), "\\end{" + name + "}");
            }
        }
        if (braced) {
            cursor.accept(Kind.CLOSE, ".");
        }
        if (boxed) {
            cursor.accept(Kind.CLOSE, "}");
        }
        if (cursor.peek().isOperator(".") || cursor.peek().isOperator(",")) {
            cursor.next();
        }
        if (!cursor.peek().is(Kind.END)) {
            throw cursor.unexpected(cursor.peek(), "operator", "=", "end");
        }
        return whole;
    }

    /** Whether a relation stands before that token, in no bracket but the first. */
    private boolean holdsRelation(int end) {
        for (int i = 1; i < end; i++) {
            if (cursor.token(i).is(Kind.RELATION)) {
                return true;
            }
            if (cursor.token(i).is(Kind.OPEN)) {
                i = cursor.closing(i);
            }
        }
        return false;
    }

    /** Whether an environment of layout opens there; one of cases or columns only where equations stand in it. */
    private boolean opensLayout(int ahead) {
        Token token = cursor.peek(ahead);
        String name = token.is(Kind.COMMAND) && token.text().startsWith("begin:")
                ? token.text().substring("begin:".length())
                : "";
        return LAYOUT.contains(name) && (!(name.equals("cases") || name.equals("array")) || holdsEquations());
    }

    /** Whether every row before the next end of an environment has a relation in it, and nothing but its end follows. */
    private boolean holdsEquations() {
        boolean relation = false;
        int i = cursor.index() + 1;
        for (; !cursor.token(i).is(Kind.END) && !isEnd(cursor.token(i)); i++) {
            if (cursor.token(i).isOperator("\\\\")) {
                if (!relation) {
                    return false;
                }
                relation = isEnd(cursor.token(i + 1));
            }
            relation |= cursor.token(i).is(Kind.RELATION);
        }
        Token behind = cursor.token(i + 1);
        boolean alone = behind.is(Kind.END) || behind.is(Kind.CLOSE, ".") || isEnd(behind) || behind.is(Kind.OPERATOR);
        return relation && alone;
    }

    private static boolean isEnd(Token token) {
        return token.is(Kind.COMMAND) && token.text().startsWith("end:");
    }

    /** Whether the text is one bracket with relations in it: {@code [a = b, c = d]}. */
    private boolean isList() {
        Token open = cursor.peek();
        int close = cursor.closing(cursor.index());
        if (!open.is(Kind.OPEN, "[") || !cursor.token(close + 1).is(Kind.END)) {
            return false;
        }
        for (int i = cursor.index() + 1; i < close; i++) {
            if (cursor.token(i).is(Kind.RELATION)) {
                return true;
            }
        }
        return false;
    }

    private Statement bracketed() {
        Token open = cursor.next();
        Statement inside = sequence();
        cursor.expectClose(open, "]");
        return inside;
    }

    private Statement sequence() {
        List<Statement> members = new ArrayList<>();
        members.add(statement());
        while (separates(cursor.peek())) {
            cursor.next();
            if (cursor.peek().is(Kind.END)
                    || (cursor.peek().is(Kind.COMMAND) && cursor.peek().text().startsWith("end:"))) {
                break;
            }
            members.add(statement());
        }
        return members.size() == 1 ? members.getFirst() : new Statement.Several(members);
    }

    private static boolean separates(Token token) {
        return token.is(Kind.RELATION, "⇒")
                || token.isOperator(",")
                || token.isOperator(";")
                || token.isOperator("\\\\");
    }

    private Statement statement() {
        List<Expr> sides = new ArrayList<>();
        List<Operator> operators = new ArrayList<>();
        cursor.acceptOperator("&");
        int start = cursor.peek().start();
        sides.add(grammar.sets());
        Statement.Relation ofSets = new SetSigns(grammar).statement(sides.getFirst(), start);
        if (ofSets != null) {
            return ofSets;
        }
        cursor.acceptOperator("&");
        goOn();
        while (cursor.peek().is(Kind.RELATION) && !follows(operators)) {
            operators.add(operator(cursor, cursor.next()));
            cursor.acceptOperator("&");
            sides.add(grammar.sets());
            cursor.acceptOperator("&");
            goOn();
        }
        Expr modulus = modulus();
        if (modulus != null) {
            sides.replaceAll(side -> cursor.make(Expr.Call.of(Function.MOD, side, modulus), 0));
        }
        List<Expr> acted = grammar.atoms.operators.sides(sides, start);
        return operators.isEmpty() ? new Statement.Bare(acted.getFirst()) : new Statement.Relation(acted, operators);
    }

    /** Whether an equation follows from the one before, {@code θ = 30° ⇒ sin θ = 1/2}, and no side from a side. */
    private boolean follows(List<Operator> before) {
        if (before.isEmpty() || !cursor.peek().is(Kind.RELATION, "⇒")) {
            return false;
        }
        for (int i = 1; !cursor.peek(i).is(Kind.END); i++) {
            if (cursor.peek(i).is(Kind.RELATION)) {
                return true;
            }
            if (separates(cursor.peek(i))) {
                return false;
            }
        }
        return false;
    }

    /** A row that begins with a relation goes on with the one before: {@code a &= b \\ &= c}. */
    private void goOn() {
        int behind = cursor.peek(1).isOperator("&") ? 2 : 1;
        if (cursor.peek().isOperator("\\\\") && cursor.peek(behind).is(Kind.RELATION)) {
            cursor.moveTo(cursor.index() + behind);
        }
    }

    /** {@code (mod n)} behind a congruence. */
    private @Nullable Expr modulus() {
        Token open = cursor.peek();
        if (!open.is(Kind.OPEN, "(") || !cursor.peek(1).isOperator("mod")) {
            return null;
        }
        cursor.next();
        cursor.next();
        Expr modulus = grammar.nested();
        cursor.expectClose(open, ")");
        return modulus;
    }

    static Operator operator(Cursor cursor, Token token) {
        String sign = token.text().equals("⇒") ? "→" : token.text();
        for (Operator operator : Operator.values()) {
            if (operator.sign().equals(sign)) {
                return operator;
            }
        }
        throw cursor.unexpected(token, "=", "≈", "<", ">");
    }
}
