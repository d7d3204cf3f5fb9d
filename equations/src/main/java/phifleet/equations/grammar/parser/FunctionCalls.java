package phifleet.equations.grammar.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Application;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Trees;
import phifleet.equations.grammar.token.Ambiguity;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;
import phifleet.equations.grammar.token.Vocabulary;

/** Known functions: {@code sin(x)}, {@code sin x}, {@code sin²x}, {@code \log_{2} x}; and SymPy's forms. */
final class FunctionCalls {
    private static final Map<Function, Function> INVERSES = Map.ofEntries(
            Map.entry(Function.SIN, Function.ASIN), Map.entry(Function.COS, Function.ACOS),
            Map.entry(Function.TAN, Function.ATAN), Map.entry(Function.COT, Function.ACOT),
            Map.entry(Function.SEC, Function.ASEC), Map.entry(Function.CSC, Function.ACSC),
            Map.entry(Function.SINH, Function.ASINH), Map.entry(Function.COSH, Function.ACOSH),
            Map.entry(Function.TANH, Function.ATANH), Map.entry(Function.COTH, Function.ACOTH));

    private final Atoms atoms;
    private final Cursor cursor;

    FunctionCalls(Atoms atoms) {
        this.atoms = atoms;
        this.cursor = atoms.cursor;
    }

    Expr call() {
        Token token = cursor.peek();
        Function function = java.util.Objects.requireNonNull(token.function());
        return switch (function) {
            case CHANGE, VARIATION -> change(function);
            case PROBABILITY -> new Events(atoms).probability();
            case EXPECTATION, VARIANCE ->
                Events.isConditional(cursor) ? new Events(atoms).mean(function) : call(function, token.text());
            default -> call(function, token.text());
        };
    }

    /** The function whose name stands here, with its exponent, base and arguments. */
    Expr call(Function named, String word) {
        Token token = cursor.next();
        int start = token.start();
        Function function = named;
        Expr base = null;
        Expr exponent = null;
        if (function == Function.LOG
                && (cursor.peek().isOperator("_") || cursor.peek().is(Kind.SUBSCRIPT))) {
            base = base();
        }
        if (cursor.peek().is(Kind.SUPERSCRIPT) || cursor.peek().isOperator("^")) {
            exponent = atoms.grammar.exponent();
            Function inverse = INVERSES.get(function);
            if (inverse != null && exponent instanceof Expr.Negation(Num one) && one.is(1)) {
                cursor.warn("inverse", word + "⁻¹ is read as the inverse function, not as 1/" + word + ".", start);
                function = inverse;
                exponent = null;
            }
        }
        List<Expr> arguments = arguments(word, start);
        if (function == Function.LOG && base == null && word.equals("log")) {
            // All have the same base, but only that of a number tells which, or of tens.
            boolean decimal = tellsBase(arguments)
                    ? cursor.notes.isOtherwise(Ambiguity.LOG_BASE)
                    : cursor.notes.isTakenOtherwise(Ambiguity.LOG_BASE);
            base = decimal ? cursor.make(Num.of(10), start) : null;
        }
        Expr value = finished(function, base, arguments, start);
        return exponent == null ? value : cursor.make(new Power(value, exponent), start);
    }

    private static boolean tellsBase(List<Expr> arguments) {
        return isOfNumbers(arguments) || Trees.any(arguments.getFirst(), FunctionCalls::isPowerOfTen);
    }

    private static boolean isPowerOfTen(Expr node) {
        return node instanceof Num number
                && number.value().stripTrailingZeros().precision() == 1
                && number.value().stripTrailingZeros().unscaledValue().equals(java.math.BigInteger.ONE)
                && !number.is(1);
    }

    private static boolean isOfNumbers(List<Expr> arguments) {
        return arguments.size() == 1 && Trees.symbols(arguments.getFirst()).isEmpty();
    }

    private Expr finished(Function function, @Nullable Expr base, List<Expr> arguments, int start) {
        List<Expr> all = new ArrayList<>(arguments);
        if (base != null) {
            all.add(base);
        }
        if (function == Function.ORDER && all.size() == 1 && all.getFirst() instanceof Application) {
            return cursor.make(new Application(Symbol.of("O"), all), start);
        }
        if (!function.takes(all.size())) {
            if (function == Function.BETA || function == Function.MAX || function == Function.MIN) {
                return cursor.make(new Application(Symbol.of(function.spelling()), all), start);
            }
            throw cursor.fail(
                    Code.WRONG_ARGUMENT_COUNT,
                    function.spelling() + " takes " + arity(function) + ", here are " + all.size() + ".",
                    cursor.previous());
        }
        return cursor.make(new Call(function, all), start);
    }

    private static String arity(Function function) {
        return function.fewest() == function.most()
                ? function.fewest() + (function.fewest() == 1 ? " argument" : " arguments")
                : function.fewest() + " to " + function.most() + " arguments";
    }

    private Expr base() {
        Token sign = cursor.next();
        if (sign.is(Kind.SUBSCRIPT)) {
            return atoms.numbers.small(sign);
        }
        return atoms.argumentOfAnyLength();
    }

    private List<Expr> arguments(String word, int start) {
        Token open = cursor.peek();
        boolean ofMatrix = word.equals("det") || word.equals("tr") || word.equals("Tr");
        if (ofMatrix && open.is(Kind.OPEN, "[") && cursor.peek(1).is(Kind.OPEN, "[")) {
            return List.of(atoms.postfix());
        }
        boolean printed = open.is(Kind.OPEN, "{")
                && cursor.peek(1).is(Kind.OPEN, "(")
                && cursor.closing(cursor.index() + 1) + 1 == cursor.closing(cursor.index());
        if (open.is(Kind.OPEN, "(") || open.is(Kind.OPEN, "[") || printed) {
            return atoms.brackets.arguments();
        }
        boolean environment = open.is(Kind.COMMAND) && open.text().startsWith("begin:");
        if (environment && ofMatrix) {
            return List.of(atoms.postfix());
        }
        if (open.is(Kind.OPEN, "{")) {
            return List.of(atoms.brackets.group());
        }
        return List.of(bare(word, start));
    }

    /** What {@code sin ωt} is the sine of: letters and a number before them, up to a sign, bracket or function. */
    private Expr bare(String word, int start) {
        Token first = cursor.peek();
        if (!startsBare(first) && !first.is(Kind.BAR) && !first.is(Kind.OPEN)) {
            throw cursor.unexpected(first, "(", "symbol", "number");
        }
        List<Expr> factors = new ArrayList<>();
        int letters = 0;
        do {
            boolean number = cursor.peek().is(Kind.NUMBER);
            letters += number ? 0 : 1;
            factors.add(atoms.grammar.power());
        } while (continuesBare(cursor.peek(), first));
        Expr argument = atoms.grammar.product(factors, first.start());
        if (letters > 1) {
            cursor.warn(
                    "function_argument",
                    word + " is read as reaching over “"
                            + cursor.source.substring(
                                    first.start(), cursor.previous().end()) + "”; write brackets to be sure.",
                    start);
        } else if (cursor.peek().isOperator("/") && !cursor.latex) {
            cursor.warn(
                    "function_argument",
                    "The quotient behind “"
                            + cursor.source.substring(start, cursor.previous().end())
                            + "” is read as outside the function; write brackets to be sure.",
                    start);
        }
        return argument;
    }

    private boolean continuesBare(Token token, Token first) {
        boolean near = cursor.latex
                || !token.spaced()
                || (first.is(Kind.NUMBER) && cursor.previous().equals(first));
        return near && startsBare(token) && !token.is(Kind.NUMBER) && atoms.grammar.startsFactor(token);
    }

    private static boolean startsBare(Token token) {
        return switch (token.kind()) {
            case NUMBER, NAME, CONSTANT -> true;
            case COMMAND ->
                !token.text().startsWith("end:")
                        && !token.text().startsWith("begin:")
                        && !token.text().startsWith("accent:");
            case TEXT -> Vocabulary.function(token.text()) == null;
            default -> false;
        };
    }

    /** {@code Δx}: over the next symbol only. */
    private Expr change(Function function) {
        cursor.enter();
        Token sign = cursor.next();
        boolean bracket = cursor.peek().is(Kind.OPEN, "(");
        Expr operand = bracket ? atoms.brackets.arguments().getFirst() : symbol();
        cursor.leave();
        return cursor.make(Call.of(function, operand), sign.start());
    }

    private Expr symbol() {
        Token token = cursor.peek();
        return token.is(Kind.NAME) || token.is(Kind.TEXT) ? atoms.symbols.plain() : atoms.postfix();
    }

    /** {@code Derivative(f(x), x)}, {@code cross(a, b)} and the like. */
    Expr form() {
        Token name = cursor.next();
        return new Forms(atoms).read(name);
    }
}
