package phifleet.equations.grammar.parser;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Application;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Constant;
import phifleet.equations.ast.Expr.Derivative;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.grammar.token.Subscripts;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;
import phifleet.equations.grammar.token.Vocabulary;

/** What stands between operators: numbers, symbols, brackets, commands, and the factorial behind them. */
final class Atoms {
    final Grammar grammar;
    final Cursor cursor;
    final WrittenNumbers numbers;
    final Symbols symbols;
    final Brackets brackets;
    final FunctionCalls functions;
    final DifferentialOperators operators;
    final Calculus calculus;
    private final Environments environments;
    private final WrittenRoots roots;

    Atoms(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor;
        this.numbers = new WrittenNumbers(cursor);
        this.symbols = new Symbols(this);
        this.brackets = new Brackets(this);
        this.functions = new FunctionCalls(this);
        this.operators = new DifferentialOperators(cursor);
        this.calculus = new Calculus(this);
        this.environments = new Environments(this);
        this.roots = new WrittenRoots(this);
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
            case NUMBER -> numbers.number();
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
            case "sqrt" -> roots.command(start);
            case "√" -> roots.sign(token, 2);
            case "∛" -> roots.sign(token, 3);
            case "vec", "overrightarrow", "mathbf", "boldsymbol", "bm" -> symbols.vector(start);
            case "hat", "widehat" -> symbols.marked("hat", start);
            case "bar" -> symbols.marked("bar", start);
            case "tilde", "widetilde" -> symbols.marked("tilde", start);
            case "overline" -> overline(start);
            case "dot" -> calculus.dotted(1, start);
            case "ddot" -> calculus.dotted(2, start);
            case "dddot" -> calculus.dotted(3, start);
            case "mathcal", "mathscr" -> {
                Expr transform = new IntegralTransforms(this).read(start);
                yield transform != null ? transform : symbols.styled("cal", start);
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
        return environments.read(token);
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
            return numbers.numeral();
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
            return numbers.numeral();
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
        return star.isOperator("*") || star.isOperator("†") || star.isOperator("‡");
    }

    Expr conjugate(Expr base, int start) {
        cursor.next();
        boolean braced = cursor.accept(Kind.OPEN, "{");
        Token sign = cursor.next();
        boolean adjoint = sign.isOperator("†");
        if (braced) {
            cursor.next();
        }
        if (sign.isOperator("‡")) {
            // Of a transition state, ΔG^‡: it says of which one it is.
            return base;
        }
        if (adjoint) {
            return marked(base, start);
        }
        return cursor.make(Call.of(Function.CONJUGATE, base), start);
    }

    private Expr marked(Expr base, int start) {
        return base instanceof Symbol s
                ? cursor.make(new Symbol(s.base(), s.subscript(), s.mark() + "dagger", s.vector()), start)
                : cursor.make(new Application(Symbol.of("adjoint"), List.of(base)), start);
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
