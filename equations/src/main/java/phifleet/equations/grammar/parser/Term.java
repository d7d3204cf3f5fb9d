package phifleet.equations.grammar.parser;

import java.util.ArrayList;
import java.util.List;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Sum;
import phifleet.equations.ast.Expr.VectorProduct;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Span;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** One term as it is read: its factors from the left, and what the signs between them make of those before. */
final class Term {
    private final Grammar grammar;
    private final Cursor cursor;
    private final int start;
    private final List<Expr> factors = new ArrayList<>();

    Term(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor;
        this.start = cursor.peek().start();
    }

    /** Reads it to its end. */
    void read() {
        Grammar.addFactor(factors, grammar.power());
        while (true) {
            Token token = cursor.peek();
            if (token.isOperator("*") || token.isOperator("·") || token.isOperator("×")) {
                if (grammar.endsIntegral(cursor.index() + 1)) {
                    return;
                }
                multiply();
            } else if (token.isOperator("⊗")) {
                tensor();
            } else if (token.isOperator("∥")) {
                parallel();
            } else if (token.isOperator("/")) {
                cursor.next();
                Expr numerator = whole();
                become(new Quotient(numerator, grammar.denominators.behind(numerator)));
            } else if (token.isOperator(":")) {
                cursor.next();
                cursor.warn("ratio", "The colon is read as a ratio, a quotient.", token.start());
                become(new Quotient(whole(), grammar.term()));
            } else if (token.isOperator("mod")
                    || (token.isOperator("%") && cursor.peek(1).is(Kind.NUMBER))) {
                cursor.next();
                become(Expr.Call.of(Function.MOD, whole(), grammar.power()));
            } else if (grammar.startsFactor(token)) {
                Grammar.addFactor(factors, grammar.power());
            } else {
                return;
            }
        }
    }

    /** What has been read of it. */
    Expr whole() {
        return grammar.product(factors, start);
    }

    /** What was read becomes one factor. */
    private void become(Expr whole) {
        factors.clear();
        factors.add(cursor.make(whole, start));
    }

    private void multiply() {
        String sign = cursor.next().text();
        Expr right = grammar.signedFactor();
        Expr left = factors.getLast();
        if (sign.equals("·")
                && ((WrittenVectors.isVector(left) && WrittenVectors.isVector(right))
                        || right.equals(Brackets.BARE_NABLA))) {
            factors.removeLast();
            factors.add(vectorProduct(VectorProduct.Kind.DOT, left, right));
        } else if (sign.equals("×")
                && (WrittenVectors.isVector(left) || WrittenVectors.isVector(right))
                && !(left instanceof Num)) {
            factors.removeLast();
            factors.add(vectorProduct(VectorProduct.Kind.CROSS, left, right));
        } else {
            Grammar.addFactor(factors, right);
        }
    }

    private Expr vectorProduct(VectorProduct.Kind kind, Expr left, Expr right) {
        Span place = cursor.places.near(left);
        return cursor.make(
                new VectorProduct(kind, left, right),
                place == null ? cursor.previous().start() : place.start());
    }

    /** {@code R_1 ∥ R_2}: what two have side by side, a product over a sum. */
    private void parallel() {
        cursor.next();
        Expr left = whole();
        int next = cursor.peek().start();
        Expr right = touching(grammar.power(), next);
        Expr above = cursor.make(new Product(List.of(left, right)), start);
        Expr below = cursor.make(new Sum(List.of(left, right)), start);
        become(new Quotient(above, below));
    }

    /** {@code AC ⊗ BD}: letters that touch belong together. */
    private void tensor() {
        List<Expr> parts = new ArrayList<>(List.of(whole()));
        while (cursor.acceptOperator("⊗")) {
            int next = cursor.peek().start();
            parts.add(touching(grammar.signedFactor(), next));
        }
        become(new Expr.Call(Function.TENSOR, parts));
    }

    /** A factor, and those behind it without a sign. */
    private Expr touching(Expr first, int from) {
        List<Expr> part = new ArrayList<>();
        Grammar.addFactor(part, first);
        while (grammar.startsFactor(cursor.peek())) {
            Grammar.addFactor(part, grammar.power());
        }
        return grammar.product(part, from);
    }
}
