package phifleet.equations.grammar.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Statement.Operator;
import phifleet.equations.grammar.name.NumberSets;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Sets outside of probabilities:
 *
 * <pre>
 * set  := both { (∪ | ∖) both }
 * both := sum { ∩ sum }
 * </pre>
 *
 * {@code A ∖ B} is {@code A ∩ B^c}, {@code A ⊆ B} says {@code A ∩ B = A}, and {@code x ∈ [a, b]} says {@code a ≤ x ≤ b}.
 */
final class SetSigns {
    /** What a complement is raised to. */
    static final Symbol COMPLEMENT = Symbol.of("c");
    /** The head of a set that is written out. */
    static final Symbol LITERAL = Symbol.of("set");

    private final Cursor cursor;
    private final Grammar grammar;

    SetSigns(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor;
    }

    /** Whether a sign between sets stands here. */
    static boolean follows(Token token) {
        return token.isOperator("∪") || token.isOperator("∩") || token.isOperator("∖");
    }

    /** Whether the text is of sets, so that braces hold members. */
    static boolean areIn(List<Token> tokens) {
        return tokens.stream()
                .anyMatch(token ->
                        follows(token) || token.isOperator("⊆") || token.isOperator("⊇") || token.isOperator("∈"));
    }

    /** The whole of which {@code first} was read. */
    Expr from(Expr first, int start) {
        Expr whole = both(first, start);
        while (cursor.peek().isOperator("∪") || cursor.peek().isOperator("∖")) {
            boolean union = cursor.next().isOperator("∪");
            int next = cursor.peek().start();
            Expr other = both(grammar.sum(), next);
            Expr second = union ? other : cursor.make(new Power(other, COMPLEMENT), next);
            whole = joined(union ? Function.UNION : Function.INTERSECTION, whole, second, start);
        }
        return whole;
    }

    private Expr both(Expr first, int start) {
        Expr whole = first;
        while (cursor.acceptOperator("∩")) {
            whole = joined(Function.INTERSECTION, whole, grammar.sum(), start);
        }
        return whole;
    }

    private Expr joined(Function function, Expr a, Expr b, int start) {
        List<Expr> parts = new ArrayList<>();
        for (Expr part : List.of(a, b)) {
            if (part instanceof Call(Function same, List<Expr> inner) && same == function) {
                parts.addAll(inner);
            } else {
                parts.add(part);
            }
        }
        return cursor.make(new Call(function, parts), start);
    }

    /** What the sign of a part or of membership says that stands behind {@code left}; null where none does. */
    Statement.@Nullable Relation statement(Expr left, int start) {
        Token sign = cursor.peek();
        if (sign.isOperator("⊆") || sign.isOperator("⊇")) {
            cursor.next();
            Expr right = grammar.sets();
            Expr part = sign.isOperator("⊆") ? left : right;
            return Statement.Relation.equal(joined(Function.INTERSECTION, left, right, start), part);
        }
        if (!sign.isOperator("∈") && !sign.isOperator("∉")) {
            return null;
        }
        cursor.next();
        if (NumberSets.isSet(cursor.peek())) {
            return membership(left, sign.isOperator("∈"), start);
        }
        Token open = cursor.next();
        boolean interval = open.is(Kind.OPEN, "[") || open.is(Kind.OPEN, "(");
        if (!interval || sign.isOperator("∉")) {
            throw cursor.fail(
                    Code.UNEXPECTED_TOKEN,
                    "Membership is read of intervals, such as x ∈ [0, 1], and of ℝ, ℂ, ℤ and ℕ.",
                    sign,
                    "[",
                    "(");
        }
        Expr low = grammar.sum();
        if (!cursor.acceptOperator(",") && !cursor.acceptOperator(";")) {
            throw cursor.unexpected(cursor.peek(), ",");
        }
        Expr high = grammar.sum();
        Token close = cursor.next();
        if (!close.is(Kind.CLOSE, "]") && !close.is(Kind.CLOSE, ")")) {
            throw cursor.unexpected(close, "]", ")");
        }
        return new Statement.Relation(
                List.of(low, left, high),
                List.of(
                        open.is(Kind.OPEN, "[") ? Operator.LESS_OR_EQUAL : Operator.LESS,
                        close.is(Kind.CLOSE, "]") ? Operator.LESS_OR_EQUAL : Operator.LESS));
    }

    /** {@code n ∈ ℤ} says {@code ⌊n⌋ = n}, {@code n ∈ ℕ} that {@code ⌊|n|⌋ = n}, and {@code x ∈ ℝ} that {@code Re x = x}. */
    private Statement.Relation membership(Expr left, boolean inside, int start) {
        Token set = cursor.next();
        if (cursor.peek().isOperator("^") || cursor.peek().is(Kind.SUPERSCRIPT)) {
            throw cursor.fail(
                    Code.UNEXPECTED_TOKEN,
                    "Sets of tuples are not read; leave the condition out, or write the vectors with arrows.",
                    cursor.peek(),
                    "end");
        }
        Expr same = switch (set.text()) {
            case "ℝ" -> Call.of(Function.RE, left);
            case "ℤ" -> Call.of(Function.FLOOR, left);
            case "ℕ" -> Call.of(Function.FLOOR, cursor.make(Call.of(Function.ABS, left), start));
            case "ℂ" -> left;
            default ->
                throw cursor.fail(
                        Code.UNEXPECTED_TOKEN,
                        "Whether a number is in " + set.text() + " is not decided here; ℝ, ℂ, ℤ and ℕ are.",
                        set,
                        "ℝ");
        };
        return new Statement.Relation(
                List.of(same instanceof Call ? cursor.make(same, start) : same, left),
                List.of(inside ? Operator.EQUAL : Operator.NOT_EQUAL));
    }
}
