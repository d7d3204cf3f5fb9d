package phifleet.equations.grammar.parser;

import java.util.ArrayList;
import java.util.List;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Matrix;
import phifleet.equations.ast.Expr.Nabla;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Expr.VectorProduct;
import phifleet.equations.ast.Function;
import phifleet.equations.grammar.token.Ambiguity;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** Everything that has two ends: brackets, bars, groups, argument lists, matrices, case distinctions. */
final class Brackets {
    /** A nabla without an operand, as in {@code (v·∇)}; stands only until the bracket behind it is applied. */
    static final Symbol BARE_NABLA = Symbol.of("∇");

    private final Atoms atoms;
    private final Cursor cursor;
    private final BraKets braKets;

    Brackets(Atoms atoms) {
        this.atoms = atoms;
        this.cursor = atoms.cursor;
        this.braKets = new BraKets(atoms);
    }

    Expr read() {
        Token open = cursor.peek();
        int start = open.start();
        if (open.is(Kind.BAR)) {
            Expr ket = braKets.ket();
            return ket != null ? ket : bars(open);
        }
        return switch (open.text()) {
            case "{" -> !cursor.latex && cursor.ofSets ? set("}") : atoms.symbols.decorated(group(), start);
            case "|" -> closed(open, "|", Function.ABS);
            case "‖" -> closed(open, "‖", Function.NORM);
            case "⟨" -> {
                Expr bra = braKets.bra();
                yield bra != null
                        ? bra
                        : cursor.hasComma(cursor.index())
                                ? inner(open)
                                : atoms.symbols.decorated(closed(open, "⟩", Function.AVERAGE), start);
            }
            case "⌊" -> closed(open, "⌋", Function.FLOOR);
            case "⌈" -> closed(open, "⌉", Function.CEILING);
            case "[" -> list(open, "]");
            case "(" -> advected(list(open, ")"), start);
            case "." -> new Evaluations(atoms).read();
            case "\\{" -> cursor.ofSets ? set("\\}") : list(open, "\\}");
            default -> throw cursor.unexpected(open, "number", "symbol", "function", "(");
        };
    }

    /** A braced group, without what stands behind it. */
    Expr group() {
        Token open = cursor.next();
        Expr inside = atoms.grammar.nested();
        cursor.expectClose(open, "}");
        return inside;
    }

    /** The members of a set, written out. */
    private Expr set(String close) {
        Token open = cursor.next();
        List<Expr> members = new ArrayList<>(List.of(atoms.grammar.nested()));
        while (cursor.acceptOperator(",") || cursor.acceptOperator(";")) {
            members.add(atoms.grammar.nested());
        }
        cursor.expectClose(open, close);
        return cursor.make(new Expr.Application(SetSigns.LITERAL, members), open.start());
    }

    /** {@code ⟨u, v⟩}: the inner product, of which nothing more is known. */
    private Expr inner(Token open) {
        cursor.next();
        List<Expr> parts = new ArrayList<>(List.of(atoms.grammar.nested()));
        while (cursor.acceptOperator(",")) {
            parts.add(atoms.grammar.nested());
        }
        cursor.expectClose(open, "⟩");
        return cursor.make(new Expr.Application(Symbol.of("braket"), parts), open.start());
    }

    private Expr closed(Token open, String close, Function function) {
        cursor.next();
        Expr inside = atoms.grammar.nested();
        cursor.expectClose(open, close);
        return cursor.make(Call.of(function, inside), open.start());
    }

    private Expr bars(Token open) {
        cursor.next();
        Expr inside = atoms.grammar.setsInsideBars();
        if (!cursor.accept(Kind.BAR, open.text())) {
            throw cursor.peek().is(Kind.END)
                    ? cursor.fail(Code.UNBALANCED_BRACKET, "This bar is never closed.", open, open.text())
                    : cursor.unexpected(cursor.peek(), open.text());
        }
        Function function = open.text().equals("|") ? Function.ABS : Function.NORM;
        return cursor.make(Call.of(function, inside), open.start());
    }

    /**
     * Whether the bar at {@code i}, behind an open one, opens another pair: {@code |2|x|-3|}. Nobody writes the absolute value of a plain
     * number beside a factor, so behind such a number it does, where as many bars are left as that takes.
     */
    boolean opensWithin(int i) {
        Token bar = cursor.token(i);
        int before = i - 1;
        boolean number = before > 0 && cursor.token(before).is(Kind.NUMBER);
        before -= number && cursor.token(before - 1).isOperator("-") ? 2 : 1;
        Token behind = cursor.token(i + 1);
        boolean between = number
                && before >= 0
                && cursor.token(before).is(Kind.BAR, bar.text())
                && (behind.isSymbol() || behind.is(Kind.FUNCTION) || behind.is(Kind.OPEN));
        return between && barsFrom(i) == 3 && !cursor.notes.isOtherwise(Ambiguity.NESTED_BARS);
    }

    /** The bars from {@code i} to the end of the side, those in brackets not counted. */
    private int barsFrom(int i) {
        int bars = 0;
        for (int k = i; !cursor.token(k).is(Kind.END) && !cursor.token(k).is(Kind.RELATION); k++) {
            if (cursor.token(k).is(Kind.OPEN)) {
                k = Math.max(k, cursor.closing(k));
            } else if (cursor.token(k).is(Kind.CLOSE)) {
                break;
            }
            bars += cursor.token(k).is(Kind.BAR) ? 1 : 0;
        }
        return bars;
    }

    /** One expression in brackets, or a pair of vectors, or a column of a matrix. */
    private Expr list(Token open, String close) {
        cursor.next();
        List<Expr> items = new ArrayList<>();
        items.add(atoms.grammar.nested());
        while (cursor.acceptOperator(",") || cursor.acceptOperator(";")) {
            items.add(atoms.grammar.nested());
        }
        cursor.expectClose(open, close);
        int start = open.start();
        boolean rows = items.stream().allMatch(item -> item instanceof Matrix(List<List<Expr>> r) && r.size() >= 1);
        if (open.text().equals("[") && rows) {
            return matrix(items.stream().map(Brackets::row).toList(), open);
        }
        if (open.text().equals("\\{")
                && items.size() == 2
                && items.stream().allMatch(item -> isOperatorLike(item) && isLarge(item))) {
            cursor.warn("anticommutator", "The bracket is read as an anticommutator.", start);
            return cursor.make(new Expr.Application(Symbol.of("anticommutator"), items), start);
        }
        boolean uneven = items.size() > 1 && items.stream().anyMatch(Matrix.class::isInstance);
        if (uneven && open.text().equals("[")) {
            throw cursor.fail(Code.INVALID_MATRIX, "Some rows of this matrix are lists and some are not.", open);
        }
        if (items.size() == 1) {
            if (items.getFirst() instanceof Expr.Derivative) {
                skipHeld();
            }
            return items.getFirst();
        }
        boolean pair = items.size() == 2 && items.stream().allMatch(WrittenVectors::isVector);
        if (pair) {
            VectorProduct.Kind kind = open.text().equals("[") ? VectorProduct.Kind.CROSS : VectorProduct.Kind.DOT;
            return cursor.make(new VectorProduct(kind, items.get(0), items.get(1)), start);
        }
        if (open.text().equals("[") && items.size() == 2 && isCommutator(open, items)) {
            cursor.warn("commutator", "The bracket is read as a commutator.", start);
            return cursor.make(new Expr.Application(Symbol.of("commutator"), items), start);
        }
        if (open.text().equals("\\{") && items.size() == 2 && items.stream().allMatch(Brackets::isOperatorLike)) {
            // Of one that may be an anticommutator too, nothing is claimed.
            cursor.warn("poisson_bracket", "The bracket is read as a Poisson bracket.", start);
            return cursor.make(new Expr.Application(Symbol.of("poisson"), items), start);
        }
        if (!open.text().equals("(") && !open.text().equals("[")) {
            throw cursor.fail(Code.UNEXPECTED_TOKEN, "A list of values cannot stand here.", open, "operator");
        }
        return matrix(items.stream().map(List::of).toList(), open);
    }

    /** Behind a derivative in brackets stands what is kept the same meanwhile: {@code (∂S/∂V)_T}. */
    private void skipHeld() {
        Token index = cursor.peek();
        if (index.is(Kind.SUBSCRIPT)) {
            cursor.next();
        } else if (index.isOperator("_") && cursor.peek(1).is(Kind.OPEN)) {
            cursor.moveTo(cursor.closing(cursor.index() + 1));
            cursor.next();
        }
    }

    /**
     * Whether the bracket with two members is a commutator: both are symbols or products of such, and no second bracket in the
     * text makes it a list of components.
     */
    private boolean isCommutator(Token open, List<Expr> items) {
        boolean symbols = items.stream().allMatch(Brackets::isOperatorLike);
        int brackets = 0;
        boolean quantum = false;
        for (int i = 0; !cursor.token(i).is(Kind.END); i++) {
            Token token = cursor.token(i);
            brackets += token.is(Kind.OPEN, "[") && !token.equals(open) && cursor.hasComma(i) && isNumbers(i) ? 1 : 0;
            quantum |= token.is(Kind.NAME, "hbar") || token.is(Kind.NAME, "i") || token.is(Kind.COMMAND, "hat");
        }
        boolean operators =
                items.stream().allMatch(item -> isCapital(item) || item instanceof Expr.Application) && !isRow(open);
        return symbols && brackets == 0 && (quantum || cursor.latex || operators);
    }

    /** Whether the bracket is one of several in a matrix: the one around it begins with a bracket too. */
    private boolean isRow(Token open) {
        int at = cursor.index();
        while (at > 0 && !cursor.token(at).equals(open)) {
            at--;
        }
        for (int i = at - 1; i >= 0; i--) {
            if (cursor.token(i).is(Kind.OPEN) && cursor.closing(i) > at) {
                return cursor.token(i).is(Kind.OPEN, "[") && cursor.token(i + 1).is(Kind.OPEN, "[");
            }
        }
        return false;
    }

    /** Large letters side by side are operators; components are small. */
    private static boolean isCapital(Expr item) {
        return item instanceof Symbol symbol
                && symbol.base().length() == 1
                && symbol.subscript().isEmpty()
                && Character.isUpperCase(symbol.base().charAt(0));
    }

    /** Whether it is a large letter, or one with a hat. */
    private static boolean isLarge(Expr item) {
        return isCapital(item)
                || (item instanceof Symbol symbol && symbol.mark().equals("hat"));
    }

    private boolean isNumbers(int open) {
        return cursor.token(open + 1).is(Kind.NUMBER);
    }

    private static boolean isOperatorLike(Expr item) {
        return switch (item) {
            case Symbol _ -> true;
            case Expr.Application(Symbol head, List<Expr> _) -> head.base().endsWith("commutator");
            case Expr.Product(List<Expr> factors) -> factors.stream().allMatch(Brackets::isOperatorLike);
            case Expr.Power(Expr base, Expr _) -> isOperatorLike(base);
            default -> false;
        };
    }

    private static List<Expr> row(Expr item) {
        return item instanceof Matrix(List<List<Expr>> rows)
                ? rows.stream().flatMap(List::stream).toList()
                : List.of(item);
    }

    /** A matrix of rows, all of one length. */
    Expr matrix(List<List<Expr>> rows, Token place) {
        int width = rows.getFirst().size();
        if (rows.stream().anyMatch(row -> row.size() != width)) {
            throw cursor.fail(Code.INVALID_MATRIX, "The rows of this matrix have different lengths.", place);
        }
        return cursor.make(new Matrix(rows), place.start());
    }

    /** {@code (v·∇)u} is the product of v with the gradient of u. */
    private Expr advected(Expr inside, int start) {
        if (!(inside instanceof VectorProduct(VectorProduct.Kind kind, Expr left, Expr right))
                || !right.equals(BARE_NABLA)) {
            return inside;
        }
        if (atoms.operators.isAlone()) {
            return inside;
        }
        Expr operand = atoms.grammar.power();
        Expr gradient = cursor.make(new Nabla(Nabla.Kind.GRAD, operand), start);
        return cursor.make(new VectorProduct(kind, left, gradient), start);
    }

    /** The arguments in {@code (…)}, {@code […]} or SymPy's {@code {\left(…\right)}}. */
    List<Expr> arguments() {
        Token outer = cursor.peek();
        boolean printed = outer.is(Kind.OPEN, "{");
        if (printed) {
            cursor.next();
        }
        Token open = cursor.next();
        List<Expr> arguments = new ArrayList<>();
        arguments.add(atoms.grammar.nested());
        while (cursor.acceptOperator(",")) {
            arguments.add(atoms.grammar.nested());
        }
        cursor.expectClose(open, open.text().equals("[") ? "]" : ")");
        if (printed) {
            cursor.expectClose(outer, "}");
        }
        return arguments;
    }

    /** Whether an argument is the number {@code n}. */
    static boolean is(Expr expr, long n) {
        return expr instanceof Num number && number.is(n);
    }
}
