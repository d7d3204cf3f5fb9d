package phifleet.equations.grammar.parser;

import java.util.ArrayList;
import java.util.List;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Negation;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.PlusMinus;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Sum;
import phifleet.equations.grammar.name.IndexDigits;
import phifleet.equations.grammar.token.Ambiguity;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * The operator grammar, loosest first, by recursive descent: sums, then signs, then products and quotients (a product without a
 * sign binds like one with it, save behind a slash: see {@link Denominators}), then powers from the right, then what
 * stands behind an atom. The atoms are {@link Atoms}.
 */
final class Grammar {
    /** Digits of a root's degree, fewer than these. */
    private static final int MAX_ROOT_DIGITS = 6;

    final Cursor cursor;
    final Atoms atoms;
    final Denominators denominators;
    /** Integrals whose differential is still to come, at this bracket level. */
    private int openIntegrals;
    /** Bars that are open at this bracket level. */
    private int openBars;

    Grammar(Cursor cursor) {
        this.cursor = cursor;
        this.atoms = new Atoms(this);
        this.denominators = new Denominators(this);
    }

    /** {@code a + b - c}; the loosest expression. */
    Expr sum() {
        cursor.enter();
        int start = cursor.peek().start();
        List<Expr> terms = new ArrayList<>();
        Expr first = signed();
        while (isSign(cursor.peek())) {
            addFlat(terms, signed());
        }
        cursor.leave();
        if (terms.isEmpty()) {
            return first;
        }
        List<Expr> all = new ArrayList<>();
        addFlat(all, first);
        all.addAll(terms);
        return cursor.make(new Sum(all), start);
    }

    /** A sum, or sets with signs between them. */
    Expr sets() {
        int start = cursor.peek().start();
        Expr first = sum();
        return SetSigns.follows(cursor.peek()) ? new SetSigns(this).from(first, start) : first;
    }

    /** A sum or set in brackets: bars and integrals outside do not reach inside. */
    Expr nested() {
        int integrals = openIntegrals;
        int bars = openBars;
        openIntegrals = 0;
        openBars = 0;
        Expr inside = sets();
        openIntegrals = integrals;
        openBars = bars;
        return inside;
    }

    /** A sum between two bars; the closing one is left. */
    Expr insideBars() {
        int integrals = openIntegrals;
        openIntegrals = 0;
        openBars++;
        Expr inside = sum();
        openBars--;
        openIntegrals = integrals;
        return inside;
    }

    /** Sets between two bars, of which these are the number of members, or a sum; the closing one is left. */
    Expr setsInsideBars() {
        int integrals = openIntegrals;
        openIntegrals = 0;
        openBars++;
        Expr inside = sets();
        openBars--;
        openIntegrals = integrals;
        return inside;
    }

    /** What an integral sign stands before; its differential is left. */
    Expr integrand() {
        openIntegrals++;
        Expr inside = sum();
        openIntegrals--;
        return inside;
    }

    private static boolean isSign(Token token) {
        return token.isOperator("+") || token.isOperator("-") || token.isOperator("±") || token.isOperator("∓");
    }

    /** A term with the signs before it. */
    private Expr signed() {
        int start = cursor.peek().start();
        if (!isSign(cursor.peek())) {
            return term();
        }
        cursor.enter();
        String sign = cursor.next().text();
        Expr operand = signed();
        cursor.leave();
        return withSign(sign, operand, start);
    }

    private Expr withSign(String sign, Expr operand, int start) {
        return switch (sign) {
            case "-" -> cursor.make(new Negation(operand), start);
            case "±" -> cursor.make(new PlusMinus(operand, true), start);
            case "∓" -> cursor.make(new PlusMinus(operand, false), start);
            default -> operand;
        };
    }

    /** Products and quotients from the left, written or not. */
    Expr term() {
        cursor.enter();
        Term term = new Term(this);
        term.read();
        cursor.leave();
        return term.whole();
    }

    /** A factor with the signs before it. */
    Expr signedFactor() {
        int start = cursor.peek().start();
        if (!isSign(cursor.peek())) {
            return power();
        }
        cursor.enter();
        String sign = cursor.next().text();
        Expr operand = signedFactor();
        cursor.leave();
        return withSign(sign, operand, start);
    }

    /** Whether an expression can begin here. */
    boolean startsFactorOrSign(Token token) {
        return startsFactor(token) || token.is(Kind.NUMBER) || isSign(token);
    }

    /** Whether white space or a command for it stands before a token, {@code N_0\,2^{-t/T}}. */
    private boolean isApart(Token token) {
        return token.spaced()
                || (cursor.latex && token.start() > cursor.previous().end());
    }

    /** Whether a differential that ends an integral stands at a token. */
    boolean endsIntegral(int index) {
        return openIntegrals > 0 && atoms.calculus.isDifferential(index);
    }

    /** Whether a factor without a multiplication sign can begin here. */
    boolean startsFactor(Token token) {
        if (endsIntegral(cursor.index())) {
            return false;
        }
        if (token.is(Kind.OPEN, "(")
                && cursor.peek(1).isOperator("mod")
                && cursor.peek().start() == token.start()) {
            return false;
        }
        return switch (token.kind()) {
            case NAME, FUNCTION, FORM, DIFFERENTIAL, PARTIAL, NABLA, BIG, TEXT, CONSTANT, OPEN -> true;
            case COMMAND -> !token.text().startsWith("end:") && !token.text().startsWith("accent:");
            case BAR -> openBars == 0 || atoms.brackets.opensWithin(cursor.index());
            case NUMBER ->
                IndexDigits.isTurn(cursor.source, cursor.previous(), token)
                        || (token.spaced() && cursor.previous().isOperator("!"))
                        || (isApart(token)
                                && !cursor.previous().is(Kind.NUMBER)
                                && (cursor.latex || isPower(cursor.token(cursor.index() + 1))));
            case LETTERS, SUPERSCRIPT, SUBSCRIPT, CLOSE, OPERATOR, RELATION, UNIT, END -> false;
        };
    }

    private static boolean isPower(Token token) {
        return token.is(Kind.SUPERSCRIPT) || token.isOperator("^");
    }

    /** {@code base^exponent}, from the right, with what may stand behind the base. */
    Expr power() {
        cursor.enter();
        int start = cursor.peek().start();
        Expr base = atoms.postfix();
        Expr whole = raised(base, start);
        cursor.leave();
        return whole;
    }

    /** The base, raised if an exponent follows. */
    Expr raised(Expr base, int start) {
        Token token = cursor.peek();
        if (!token.is(Kind.SUPERSCRIPT) && !token.isOperator("^")) {
            return base;
        }
        if (atoms.conjugates()) {
            return raised(atoms.conjugate(base, start), start);
        }
        Expr exponent = exponent();
        if (base instanceof Expr.Symbol && cursor.peek().is(Kind.SUBSCRIPT)) {
            return cursor.make(new Power(atoms.symbols.decorated(base, start), exponent), start);
        }
        Expr power = atoms.applyBehindPower(base, exponent, start);
        if (cursor.peek().is(Kind.SUPERSCRIPT)) {
            throw cursor.unexpected(cursor.peek(), "operator");
        }
        if (power != null) {
            return power;
        }
        Expr whole = cursor.make(new Power(base, exponent), start);
        return isOddRoot(base, exponent) && cursor.notes.isOtherwise(Ambiguity.REAL_ROOT)
                ? realRoot(base, exponent, start)
                : whole;
    }

    private static boolean isOddRoot(Expr base, Expr exponent) {
        return base instanceof Expr.Negation(Num number)
                && exponent instanceof Quotient(Num above, Num below)
                && isWhole(above)
                && isWhole(below)
                && below.value().toBigInteger().testBit(0);
    }

    private static boolean isWhole(Num number) {
        return number.value().stripTrailingZeros().scale() <= 0
                && number.value().precision() < MAX_ROOT_DIGITS;
    }

    /** {@code (-8)^(1/3)} as {@code -8^(1/3)}, {@code (-8)^(2/3)} as {@code 8^(2/3)}. */
    private Expr realRoot(Expr base, Expr exponent, int start) {
        Expr power = cursor.make(new Power(((Negation) base).operand(), exponent), start);
        boolean odd = exponent instanceof Quotient(Num above, Expr below)
                && above.value().toBigInteger().testBit(0);
        return odd ? cursor.make(new Negation(power), start) : power;
    }

    /** What {@code ^} or a raised text says. */
    Expr exponent() {
        Token token = cursor.next();
        if (token.is(Kind.SUPERSCRIPT)) {
            return atoms.numbers.small(token);
        }
        if (cursor.latex
                && cursor.peek().is(Kind.NUMBER)
                && cursor.peek().text().length() > 1) {
            cursor.warn(
                    "exponent_digits",
                    "All digits behind ^ are read as the exponent; LaTeX raises only the first.",
                    token.start());
        }
        return raisedFactor();
    }

    /** A raised factor: a symbol there is never a function of the bracket behind it. */
    private Expr raisedFactor() {
        Token token = cursor.peek();
        int start = token.start();
        if (isSign(token)) {
            cursor.enter();
            cursor.next();
            Expr operand = raisedFactor();
            cursor.leave();
            return withSign(token.text(), operand, start);
        }
        if (token.is(Kind.OPEN, "{")) {
            return atoms.brackets.group();
        }
        boolean numeral = token.is(Kind.NUMBER) && cursor.peek(1).is(Kind.NUMBER);
        if (numeral || token.is(Kind.NAME)) {
            cursor.enter();
            Expr base = numeral ? atoms.numbers.numeral() : atoms.symbols.plain();
            Expr whole = raised(atoms.factorials(base, start), start);
            cursor.leave();
            return whole;
        }
        return power();
    }

    Expr product(List<Expr> factors, int start) {
        List<Expr> acted = atoms.operators.acted(factors, start);
        return acted.size() == 1 ? acted.getFirst() : cursor.make(new Product(acted), start);
    }

    static void addFactor(List<Expr> factors, Expr factor) {
        if (factor instanceof Product(List<Expr> inner)) {
            factors.addAll(inner);
        } else {
            factors.add(factor);
        }
    }

    private static void addFlat(List<Expr> terms, Expr term) {
        if (term instanceof Sum(List<Expr> inner)) {
            terms.addAll(inner);
        } else {
            terms.add(term);
        }
    }
}
