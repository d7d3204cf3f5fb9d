package phifleet.equations.chance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Piecewise;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.exact.Rational;

/**
 * A finite sample space, and in it the exact value of an expression: a list of numbers, one for each outcome, all the same where it is not
 * random.
 *
 * @param weights the probability of each outcome
 * @param variables the values of random quantities by outcome
 * @param events 1 for each outcome of the event, else 0
 * @param constants what is not random
 */
record SampleSpace(
        List<Rational> weights,
        Map<String, List<Rational>> variables,
        Map<String, List<Rational>> events,
        Map<String, Rational> constants) {
    private static final int MAX_POWER = 8;

    /** The value of what is not random. */
    Rational number(Expr expr) {
        List<Rational> values = values(expr);
        if (values.stream().distinct().count() > 1) {
            throw new NotTestable();
        }
        return values.getFirst();
    }

    private List<Rational> values(Expr expr) {
        return switch (expr) {
            case Expr.Num(BigDecimal value) -> constant(Rational.of(value));
            case Symbol symbol -> symbol(symbol);
            case Expr.Negation(Expr operand) ->
                values(operand).stream().map(Rational::negate).toList();
            case Expr.Sum(List<Expr> terms) -> combined(terms, Rational::plus);
            case Expr.Product(List<Expr> factors) -> combined(factors, Rational::times);
            case Expr.Quotient(Expr above, Expr below) -> combined(List.of(above, below), SampleSpace::over);
            case Expr.Power(Expr base, Expr.Num exponent) when exponent.isInteger() -> power(base, exponent);
            case Call(Function function, List<Expr> arguments)
            when arguments.getFirst() instanceof Call(Function inner, List<Expr> parts)
                    && inner == Function.GIVEN
                    && function != Function.PROBABILITY ->
                conditional(function, values(parts.getFirst()), classes(parts.getLast()));
            case Call(Function function, List<Expr> arguments) -> constant(call(function, arguments));
            default -> throw new NotTestable();
        };
    }

    private static Rational over(Rational a, Rational b) {
        if (b.isZero()) {
            throw new NotTestable();
        }
        return a.dividedBy(b);
    }

    private List<Rational> constant(Rational value) {
        return Collections.nCopies(weights.size(), value);
    }

    private List<Rational> combined(List<Expr> parts, BinaryOperator<Rational> operator) {
        List<List<Rational>> all = parts.stream().map(this::values).toList();
        List<Rational> values = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            int outcome = i;
            values.add(
                    all.stream().map(part -> part.get(outcome)).reduce(operator).orElseThrow());
        }
        return values;
    }

    private List<Rational> power(Expr base, Expr.Num exponent) {
        int times = exponent.integer(MAX_POWER).orElse(-1);
        if (times < 0) {
            throw new NotTestable();
        }
        // A standard deviation is seldom rational, its square is.
        if (base instanceof Symbol symbol && symbol.base().equals("sigma") && times % 2 == 0) {
            return constant(covariance(of(symbol), of(symbol)).pow(times / 2));
        }
        return values(base).stream().map(value -> value.pow(times)).toList();
    }

    private List<Rational> symbol(Symbol symbol) {
        List<Rational> variable = variables.get(symbol.name());
        if (variable != null) {
            return variable;
        }
        if (symbol.base().equals("mu")) {
            return constant(mean(of(symbol)));
        }
        Rational value = constants.get(symbol.name());
        if (value == null || symbol.base().equals("sigma")) {
            throw new NotTestable();
        }
        return constant(value);
    }

    /** The random quantity that μ and σ are of: the one in their index, or the only one. */
    private List<Rational> of(Symbol parameter) {
        if (parameter.subscript().isEmpty() && variables.size() == 1) {
            return variables.values().iterator().next();
        }
        List<Rational> values = variables.get(parameter.subscript());
        if (values == null) {
            throw new NotTestable();
        }
        return values;
    }

    private Rational call(Function function, List<Expr> arguments) {
        return switch (function) {
            case EXPECTATION -> mean(values(arguments.getFirst()));
            case VARIANCE -> covariance(values(arguments.getFirst()), values(arguments.getFirst()));
            case COVARIANCE -> covariance(values(arguments.getFirst()), values(arguments.getLast()));
            case PROBABILITY -> probability(arguments.getFirst());
            default -> throw new NotTestable();
        };
    }

    /** The mean or variance by outcome, where it is known only in which class the outcome is; a class of null is none. */
    private List<Rational> conditional(Function function, List<Rational> values, List<@Nullable Object> classes) {
        List<Rational> found = new ArrayList<>(constant(Rational.ZERO));
        Rational common = null;
        for (Object one : new LinkedHashSet<>(classes)) {
            if (one == null) {
                continue;
            }
            List<Rational> in = classes.stream()
                    .map(other -> one.equals(other) ? Rational.ONE : Rational.ZERO)
                    .toList();
            Rational mean = over(mean(product(values, in)), mean(in));
            Rational square = over(mean(product(product(values, values), in)), mean(in));
            common = function == Function.EXPECTATION ? mean : square.minus(mean.times(mean));
            for (int i = 0; i < found.size(); i++) {
                if (one.equals(classes.get(i))) {
                    found.set(i, common);
                }
            }
        }
        if (common == null) {
            throw new NotTestable();
        }
        // Given that something happened, it is one number.
        return classes.contains(null) ? constant(common) : found;
    }

    /** What tells outcomes apart under a condition: the value of a random quantity; of an event alone whether it is in it. */
    private List<@Nullable Object> classes(Expr condition) {
        if (condition instanceof Call(Function function, List<Expr> parts) && function == Function.INTERSECTION) {
            List<List<@Nullable Object>> all = parts.stream().map(this::classes).toList();
            List<@Nullable Object> together = new ArrayList<>();
            for (int i = 0; i < weights.size(); i++) {
                int outcome = i;
                List<@Nullable Object> one = new ArrayList<>();
                all.forEach(part -> one.add(part.get(outcome)));
                together.add(one.contains(null) ? null : one);
            }
            return together;
        }
        boolean event = !(condition instanceof Symbol symbol) || events.containsKey(ChanceLetters.complemented(symbol));
        List<@Nullable Object> classes = new ArrayList<>();
        if (event) {
            event(condition).forEach(in -> classes.add(in.isZero() ? null : "in"));
        } else {
            classes.addAll(values(condition));
        }
        return classes;
    }

    private Rational mean(List<Rational> values) {
        Rational sum = Rational.ZERO;
        for (int i = 0; i < weights.size(); i++) {
            sum = sum.plus(weights.get(i).times(values.get(i)));
        }
        return sum;
    }

    private Rational covariance(List<Rational> a, List<Rational> b) {
        return mean(product(a, b)).minus(mean(a).times(mean(b)));
    }

    private static List<Rational> product(List<Rational> a, List<Rational> b) {
        return IntStream.range(0, a.size())
                .mapToObj(i -> a.get(i).times(b.get(i)))
                .toList();
    }

    private Rational probability(Expr event) {
        if (event instanceof Call(Function function, List<Expr> parts) && function == Function.GIVEN) {
            List<Rational> condition = event(parts.getLast());
            return over(mean(product(event(parts.getFirst()), condition)), mean(condition));
        }
        return mean(event(event));
    }

    /** 1 for each outcome in it. */
    private List<Rational> event(Expr event) {
        return switch (event) {
            case Symbol symbol -> event(symbol, !symbol.mark().isEmpty());
            case Expr.Power(Symbol symbol, Symbol _) -> event(symbol, true);
            case Expr.Power(Expr inner, Symbol _) -> complement(event(inner));
            case Call(Function function, List<Expr> parts)
            when function == Function.CONJUGATE -> complement(event(parts.getFirst()));
            case Call(Function function, List<Expr> parts)
            when function == Function.INTERSECTION ->
                parts.stream().map(this::event).reduce(SampleSpace::product).orElseThrow();
            case Call(Function function, List<Expr> parts)
            when function == Function.UNION ->
                complement(parts.stream()
                        .map(part -> complement(event(part)))
                        .reduce(SampleSpace::product)
                        .orElseThrow());
            case Piecewise(List<Piecewise.Branch> branches) ->
                holds(branches.getFirst().condition());
            default -> throw new NotTestable();
        };
    }

    private List<Rational> event(Symbol symbol, boolean complemented) {
        List<Rational> known = events.get(ChanceLetters.complemented(symbol));
        if (known == null) {
            throw new NotTestable();
        }
        return complemented ? complement(known) : known;
    }

    private static List<Rational> complement(List<Rational> event) {
        return event.stream().map(Rational.ONE::minus).toList();
    }

    private List<Rational> holds(Statement.@Nullable Relation relation) {
        if (relation == null) {
            throw new NotTestable();
        }
        List<List<Rational>> sides = relation.sides().stream().map(this::values).toList();
        List<Rational> holds = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            boolean all = true;
            for (int k = 0; k + 1 < sides.size(); k++) {
                int order = sides.get(k).get(i).compareTo(sides.get(k + 1).get(i));
                all &= switch (relation.operators().get(k)) {
                    case EQUAL, IDENTICAL -> order == 0;
                    case NOT_EQUAL -> order != 0;
                    case LESS -> order < 0;
                    case LESS_OR_EQUAL -> order <= 0;
                    case GREATER -> order > 0;
                    case GREATER_OR_EQUAL -> order >= 0;
                    case APPROXIMATE, PROPORTIONAL, TENDS_TO -> throw new NotTestable();
                };
            }
            holds.add(all ? Rational.ONE : Rational.ZERO);
        }
        return holds;
    }
}
