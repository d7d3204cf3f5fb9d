package phifleet.equations.grammar;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Application;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Constant;
import phifleet.equations.ast.Expr.Derivative;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Quantity;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.grammar.SyntaxProblem.Code;
import phifleet.equations.grammar.Token.Kind;

/** What stands between operators: numbers, symbols, brackets, commands, and the factorial behind them. */
final class Atoms {
    final Grammar grammar;
    final Cursor cursor;
    final Symbols symbols;
    final Brackets brackets;
    final FunctionCalls functions;
    final Calculus calculus;

    Atoms(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor;
        this.symbols = new Symbols(this);
        this.brackets = new Brackets(this);
        this.functions = new FunctionCalls(this);
        this.calculus = new Calculus(this);
    }

    /** An atom with its factorials. */
    Expr postfix() {
        int start = cursor.peek().start();
        return factorials(atom(), start);
    }

    Expr factorials(Expr atom, int start) {
        Expr whole = cursor.peek().isOperator("'") && cursor.previous().is(Kind.CLOSE) ? primed(atom, start) : atom;
        if (cursor.peek().isOperator("*") && isEnd(cursor.peek(1))) {
            // A product goes on, so at the end the star is that of the conjugate.
            cursor.next();
            whole = cursor.make(Call.of(Function.CONJUGATE, whole), start);
        }
        while (cursor.peek().isOperator("!")) {
            cursor.next();
            boolean twice = cursor.peek().isOperator("!") && !cursor.peek().spaced();
            if (twice) {
                cursor.next();
            }
            Function function = twice ? Function.DOUBLE_FACTORIAL : Function.FACTORIAL;
            whole = cursor.make(Call.of(function, whole), start);
        }
        return whole;
    }

    /** {@code (x^2)'}: the derivative by the only symbol inside. */
    private Expr primed(Expr inside, int start) {
        Token prime = cursor.peek();
        java.util.SortedSet<Symbol> symbols = phifleet.equations.ast.Trees.symbols(inside);
        boolean functions = symbols.size() > 1
                && symbols.stream().allMatch(symbol -> symbol.subscript().isEmpty())
                && symbols.stream().anyMatch(this::isPrimedElsewhere);
        if (symbols.size() != 1 && !functions) {
            throw cursor.fail(
                    Code.UNEXPECTED_TOKEN, "By which symbol the prime differentiates is not told; write d/dx.", prime);
        }
        int order = 0;
        while (cursor.acceptOperator("'")) {
            order++;
        }
        Symbol by = functions ? Primes.UNKNOWN : symbols.first();
        if (functions) {
            return cursor.make(new Derivative(inside, List.of(new Derivative.By(by, order)), false), start);
        }
        cursor.warn("prime", "The prime is read as the derivative by " + by.name() + ".", prime.start());
        return cursor.make(new Derivative(inside, List.of(new Derivative.By(by, order)), false), start);
    }

    private static boolean isEnd(Token token) {
        return token.is(Kind.END) || token.is(Kind.RELATION) || token.is(Kind.CLOSE);
    }

    private boolean isPrimedElsewhere(Symbol symbol) {
        for (int i = 0; !cursor.token(i).is(Kind.END); i++) {
            if (cursor.token(i).is(Kind.NAME, symbol.base())
                    && cursor.token(i + 1).isOperator("'")) {
                return true;
            }
        }
        return false;
    }

    private Expr atom() {
        Token token = cursor.peek();
        return switch (token.kind()) {
            case NUMBER -> number();
            case NAME -> symbols.read();
            case CONSTANT -> constant();
            case FUNCTION -> functions.call();
            case FORM -> functions.form();
            case DIFFERENTIAL, PARTIAL -> calculus.differential();
            case NABLA -> calculus.nabla();
            case BIG -> calculus.big();
            case OPEN, BAR -> brackets.read();
            case COMMAND -> command();
            case TEXT -> text();
            case LETTERS, SUPERSCRIPT, SUBSCRIPT, CLOSE, OPERATOR, RELATION, UNIT, END ->
                throw cursor.unexpected(token, "number", "symbol", "function", "(");
        };
    }

    private Expr number() {
        Token token = cursor.next();
        int slash = token.text().indexOf('/');
        if (slash > 0) {
            return fractionNumeral(token, slash);
        }
        Num number = num(token.text());
        Token unit = cursor.peek();
        if (unit.is(Kind.UNIT)) {
            cursor.next();
            return compound(cursor.make(new Quantity(number, unit.text()), token.start()), token.start());
        }
        if (unit.is(Kind.NUMBER)) {
            return MixedNumbers.read(cursor, number, token);
        }
        return cursor.make(number, token.span());
    }

    /** A number by itself, whatever stands behind it: {@code ∫_0^1 2x dx} has the bound 1. */
    Expr numeral() {
        Token token = cursor.next();
        int slash = token.text().indexOf('/');
        return slash > 0 ? fractionNumeral(token, slash) : cursor.make(num(token.text()), token.span());
    }

    /** {@code ½}, {@code 1/2 kg}, and the number that a period makes. */
    private Expr fractionNumeral(Token token, int slash) {
        Num above = num(token.text().substring(0, slash));
        Expr bottom = cursor.make(num(token.text().substring(slash + 1)), token.span());
        Token unit = cursor.peek();
        if (!unit.is(Kind.UNIT)) {
            return cursor.make(new Quotient(cursor.make(above, token.span()), bottom), token.span());
        }
        cursor.next();
        Expr whole = cursor.make(new Quantity(above, unit.text()), token.start());
        return compound(cursor.make(new Quotient(whole, bottom), token.start()), token.start());
    }

    /** {@code 5 m 20 cm}: what is measured in two units is their sum. */
    private Expr compound(Expr first, int start) {
        List<Expr> parts = new ArrayList<>(List.of(first));
        while (cursor.peek().is(Kind.NUMBER) && cursor.peek(1).is(Kind.UNIT)) {
            Token number = cursor.next();
            Token unit = cursor.next();
            int slash = number.text().indexOf('/');
            Num value = num(slash < 0 ? number.text() : number.text().substring(0, slash));
            Expr part = cursor.make(new Quantity(value, unit.text()), number.start());
            Num below = slash < 0 ? null : num(number.text().substring(slash + 1));
            parts.add(below == null ? part : cursor.make(new Quotient(part, below), number.start()));
        }
        return parts.size() == 1 ? first : cursor.make(new Expr.Sum(parts), start);
    }

    static Num num(String digits) {
        return new Num(new BigDecimal(digits.endsWith(".") ? digits.substring(0, digits.length() - 1) : digits));
    }

    /** The expression in a raised Unicode text: {@code ⁻¹}, {@code ⁿ}, {@code ²}. */
    Expr small(Token token) {
        List<Token> tokens = new ArrayList<>();
        String text = token.text();
        boolean digits = text.matches("[-+]?\\d+");
        if (digits) {
            String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
            Expr number = cursor.make(num(unsigned), token.span());
            return text.startsWith("-") ? cursor.make(new Expr.Negation(number), token.span()) : number;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            Kind kind = Character.isDigit(c) ? Kind.NUMBER : Character.isLetter(c) ? Kind.NAME : Kind.OPERATOR;
            kind = c == '(' ? Kind.OPEN : c == ')' ? Kind.CLOSE : kind;
            tokens.add(new Token(kind, String.valueOf(c), token.start(), token.end(), false));
        }
        tokens.add(new Token(Kind.END, "", token.end(), token.end(), false));
        Grammar inner = new Grammar(new Cursor(cursor.source, cursor.latex, tokens, cursor.notes, cursor.budget));
        Expr whole = inner.sum();
        if (!inner.cursor.peek().is(Kind.END)) {
            throw cursor.unexpected(token, "exponent");
        }
        return remade(whole, token);
    }

    private Expr remade(Expr expr, Token token) {
        return phifleet.equations.ast.Trees.rewrite(expr, node -> cursor.make(node, token.span()));
    }

    private Expr constant() {
        Token token = cursor.next();
        if (cursor.peek().is(Kind.SUBSCRIPT)) {
            throw cursor.fail(
                    Code.INVALID_SUBSCRIPT, "π, ∞ and the golden ratio are numbers and take no index.", cursor.peek());
        }
        return switch (token.text()) {
            case "pi" -> Constant.PI;
            case "golden" -> Constant.GOLDEN;
            default -> Constant.INFINITY;
        };
    }

    private Expr command() {
        Token token = cursor.next();
        int start = token.start();
        return switch (token.text()) {
            case "frac", "dfrac", "tfrac", "cfrac" -> fraction(start);
            case "sqrt" -> root(start);
            case "√" -> cursor.make(Call.of(Function.SQRT, radicand(token)), start);
            case "∛" -> cursor.make(Call.of(Function.ROOT, radicand(token), three(token)), start);
            case "vec", "overrightarrow", "mathbf", "boldsymbol", "bm" -> symbols.vector(start);
            case "hat", "widehat" -> symbols.marked("hat", start);
            case "bar" -> symbols.marked("bar", start);
            case "tilde", "widetilde" -> symbols.marked("tilde", start);
            case "overline" -> overline(start);
            case "dot" -> calculus.dotted(1, start);
            case "ddot" -> calculus.dotted(2, start);
            case "dddot" -> calculus.dotted(3, start);
            case "mathcal", "mathscr" -> {
                Expr laplace = new LaplaceTransform(this).read(start);
                yield laplace != null ? laplace : symbols.styled("cal", start);
            }
            case "mathfrak" -> symbols.styled("frak", start);
            case "mathbb" -> symbols.styled("bb", start);
            case "mathit", "mathnormal" -> symbols.styled("", start);
            case "dots" -> cursor.make(Call.of(Function.OMITTED, Num.of(0)), start);
            case "binom", "dbinom", "tbinom" -> cursor.make(Call.of(Function.BINOMIAL, argument(), argument()), start);
            default -> environment(token);
        };
    }

    private Expr environment(Token token) {
        if (!token.text().startsWith("begin:")) {
            throw cursor.unexpected(token, "number", "symbol", "function", "(");
        }
        return brackets.environment(token);
    }

    private Expr fraction(int start) {
        Expr derivative = calculus.derivativeFraction(start);
        if (derivative != null) {
            return derivative;
        }
        Expr numerator = argument();
        Expr denominator = argument();
        return cursor.make(new Quotient(numerator, denominator), start);
    }

    private Expr root(int start) {
        if (!cursor.peek().is(Kind.OPEN, "[")) {
            return cursor.make(Call.of(Function.SQRT, argument()), start);
        }
        Token open = cursor.next();
        Expr degree = grammar.nested();
        cursor.expectClose(open, "]");
        Expr radicand = argument();
        return degree instanceof Num two && two.is(2)
                ? cursor.make(Call.of(Function.SQRT, radicand), start)
                : cursor.make(Call.of(Function.ROOT, radicand, degree), start);
    }

    private Expr radicand(Token sign) {
        cursor.enter();
        Expr radicand = radicandHere(sign);
        cursor.leave();
        return radicand;
    }

    private Expr radicandHere(Token sign) {
        Token minus = cursor.peek();
        if (minus.isOperator("-") && !minus.spaced()) {
            cursor.next();
            return cursor.make(new Expr.Negation(radicand(sign)), minus.start());
        }
        Expr radicand = cursor.peek().is(Kind.OPEN) ? brackets.read() : postfix();
        Token behind = cursor.peek();
        if (grammar.startsFactor(behind)
                && !behind.spaced()
                && !cursor.previous().is(Kind.CLOSE)) {
            cursor.warn(
                    "root_extent",
                    "The root is read as reaching over one factor only; write brackets for more.",
                    sign.start());
        }
        return radicand;
    }

    private Expr three(Token token) {
        return cursor.make(Num.of(3), token.span());
    }

    private Expr overline(int start) {
        Expr inside = argument();
        if (inside instanceof Symbol symbol
                && symbol.mark().isEmpty()
                && !symbol.base().equalsIgnoreCase("psi")) {
            return symbols.decorated(new Symbol(symbol.base(), symbol.subscript(), "bar", symbol.vector()), start);
        }
        return cursor.make(Call.of(Function.CONJUGATE, inside), start);
    }

    /** A command's argument: a braced group, or one token, of a number its first digit. */
    Expr argument() {
        Token token = cursor.peek();
        if (token.is(Kind.OPEN, "{")) {
            return brackets.group();
        }
        if (token.is(Kind.NUMBER) && token.text().length() > 1) {
            throw cursor.fail(
                    Code.AMBIGUOUS_DIGITS,
                    "Without braces a command takes one digit only.",
                    token,
                    "{" + token.text() + "}");
        }
        if (token.is(Kind.NAME)) {
            cursor.next();
            return cursor.make(Symbol.of(token.text()), token.span());
        }
        if (token.is(Kind.NUMBER)) {
            return numeral();
        }
        cursor.enter();
        Expr argument = atom();
        cursor.leave();
        return argument;
    }

    /** A bound or a base: as {@link #argument}, but a number keeps all its digits. */
    Expr argumentOfAnyLength() {
        Token token = cursor.peek();
        if (token.is(Kind.NUMBER)) {
            return numeral();
        }
        if (token.is(Kind.OPEN, "(")) {
            return brackets.read();
        }
        if (token.isOperator("-")) {
            cursor.next();
            return cursor.make(new Expr.Negation(argumentOfAnyLength()), token.start());
        }
        return argument();
    }

    private Expr text() {
        Token token = cursor.peek();
        String word = Subscripts.clean(token.text());
        Function function = Vocabulary.function(word);
        switch (word) {
            case "div", "grad", "curl", "rot" -> {
                return calculus.wordNabla();
            }
            case "e" -> {
                cursor.next();
                return Constant.E;
            }
            case "i", "j" -> {
                cursor.next();
                return Constant.I;
            }
            default -> {}
        }
        boolean called = cursor.peek(1).is(Kind.OPEN)
                || (Vocabulary.isOfMatrix(function) && cursor.peek(1).is(Kind.NAME))
                || (function != null && Vocabulary.standsAlone(function));
        if (function != null && word.length() > 1 && called) {
            return functions.call(function, word);
        }
        if (!word.matches("\\p{L}[\\p{L}\\d']*")) {
            throw cursor.unexpected(token, "number", "symbol", "function", "(");
        }
        return symbols.read();
    }

    /** Whether {@code ^*} or {@code ^†} stands here. */
    boolean conjugates() {
        if (!cursor.peek().isOperator("^")) {
            return false;
        }
        Token sign = cursor.peek(1);
        boolean braced = sign.is(Kind.OPEN, "{") && cursor.peek(3).is(Kind.CLOSE, "}");
        Token star = braced ? cursor.peek(2) : sign;
        return star.isOperator("*") || star.isOperator("†");
    }

    Expr conjugate(Expr base, int start) {
        cursor.next();
        boolean braced = cursor.accept(Kind.OPEN, "{");
        boolean adjoint = cursor.next().isOperator("†");
        if (braced) {
            cursor.next();
        }
        if (adjoint) {
            return base instanceof Symbol s
                    ? cursor.make(new Symbol(s.base(), s.subscript(), s.mark() + "dagger", s.vector()), start)
                    : cursor.make(new Application(Symbol.of("adjoint"), List.of(base)), start);
        }
        return cursor.make(Call.of(Function.CONJUGATE, base), start);
    }

    /** SymPy writes a power of f(x) as {@code f^{2}{\left(x \right)}}. */
    @Nullable
    Expr applyBehindPower(Expr base, Expr exponent, int start) {
        boolean printed = cursor.peek().is(Kind.OPEN, "{") && cursor.peek(1).is(Kind.OPEN, "(");
        if (!printed || !(base instanceof Symbol head)) {
            return null;
        }
        List<Expr> arguments = brackets.arguments();
        return cursor.make(new Power(cursor.make(new Application(head, arguments), start), exponent), start);
    }

    /** Whether an expression is what a derivative by time may stand over. */
    static boolean isSymbolLike(Expr expr) {
        return expr instanceof Symbol || expr instanceof Application || expr instanceof Derivative;
    }
}
