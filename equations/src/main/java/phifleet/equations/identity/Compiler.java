package phifleet.equations.identity;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Constant;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;

/**
 * Expressions into {@link Code}. Throws {@link Unsupported} at what has no numeric meaning: units, vectors, unknown functions, open
 * integrals.
 */
final class Compiler<T> {
    /** Terms of one sum Σ or product ∏, at most. */
    private static final int MAX_SERIES = 200;

    private final Arithmetic<T> field;
    private final CallCompiler<T> calls;
    private final Map<String, Integer> slots;
    private final Budget budget;

    /**
     * For symbols in slots.
     *
     * @param slots the slot of each symbol by its plain name; indices of sums get further slots of their own
     * @param budget pays for the terms of sums, whose number the values decide
     */
    Compiler(Arithmetic<T> field, Map<String, Integer> slots, Budget budget) {
        this.budget = budget;
        this.field = field;
        this.calls = new CallCompiler<>(field);
        this.slots = slots;
    }

    Code<T> compile(Expr expr) {
        return switch (expr) {
            case Expr.Num number -> constant(field.number(number.value()));
            case Constant constant -> constant(valueOf(constant));
            case Symbol symbol -> {
                int slot = slotOf(symbol);
                yield point -> point.get(slot);
            }
            case Expr.Sum sum -> sum(compileAll(sum.terms()));
            case Expr.Product product -> product(compileAll(product.factors()));
            case Expr.Quotient quotient -> {
                Code<T> top = compile(quotient.numerator());
                Code<T> bottom = compile(quotient.denominator());
                yield point -> field.dividedBy(top.at(point), bottom.at(point));
            }
            case Expr.Power power -> power(power);
            case Expr.Negation negation -> {
                Code<T> operand = compile(negation.operand());
                yield point -> field.negate(operand.at(point));
            }
            case Expr.Call call -> calls.compile(call.function(), compileAll(call.arguments()));
            case Expr.Series series -> series(series);
            case Expr.Piecewise piecewise -> piecewise(piecewise);
            case Expr.Application _ -> throw new Unsupported("an unknown function");
            case Expr.Derivative _ -> throw new Unsupported("a derivative of an unknown function");
            case Expr.Integral _ -> throw new Unsupported("an integral");
            case Expr.Limit _ -> throw new Unsupported("a limit");
            case Expr.Quantity _ -> throw new Unsupported("a unit");
            case Expr.PlusMinus _ -> throw new Unsupported("a double sign");
            case Expr.Nabla _, Expr.VectorProduct _ -> throw new Unsupported("vectors");
            case Expr.Matrix _ -> throw new Unsupported("matrices");
        };
    }

    private List<Code<T>> compileAll(List<Expr> exprs) {
        return exprs.stream().map(this::compile).toList();
    }

    private static <T> Code<T> constant(T value) {
        return point -> value;
    }

    private T valueOf(Constant constant) {
        return switch (constant) {
            case PI -> field.pi();
            case E -> field.euler();
            case I -> field.imaginaryUnit();
            case GOLDEN -> field.dividedBy(field.plus(field.one(), field.sqrt(field.integer(5))), field.integer(2));
            case INFINITY -> throw new Unsupported("infinity");
        };
    }

    private int slotOf(Symbol symbol) {
        Integer slot = slots.get(symbol.plain().name());
        if (slot == null || symbol.vector()) {
            throw new Unsupported(symbol.vector() ? "vectors" : "the symbol " + symbol.name());
        }
        return slot;
    }

    private Code<T> sum(List<Code<T>> terms) {
        return point -> {
            T total = terms.getFirst().at(point);
            for (int i = 1; i < terms.size(); i++) {
                total = field.plus(total, terms.get(i).at(point));
            }
            return total;
        };
    }

    private Code<T> product(List<Code<T>> factors) {
        return point -> {
            T total = factors.getFirst().at(point);
            for (int i = 1; i < factors.size(); i++) {
                total = field.times(total, factors.get(i).at(point));
            }
            return total;
        };
    }

    private Code<T> power(Expr.Power power) {
        Code<T> base = compile(power.base());
        if (power.exponent() instanceof Expr.Num number
                && number.value().stripTrailingZeros().scale() <= 0
                && number.value().abs().compareTo(BigDecimal.valueOf(1L << 40)) < 0) {
            long exponent = number.value().longValueExact();
            return point -> field.power(base.at(point), exponent);
        }
        Code<T> exponent = compile(power.exponent());
        if (power.base() == Constant.E) {
            return point -> field.exp(exponent.at(point));
        }
        return point -> calls.power(base.at(point), exponent.at(point));
    }

    private Code<T> series(Expr.Series series) {
        Expr.Range range = series.index();
        if (!(range.variable() instanceof Symbol index) || range.lower() == null || range.upper() == null) {
            throw new Unsupported("an open sum");
        }
        Code<T> lower = compile(Objects.requireNonNull(range.lower()));
        Code<T> upper = compile(Objects.requireNonNull(range.upper()));
        Map<String, Integer> inner = new HashMap<>(slots);
        int slot = slots.values().stream().mapToInt(s -> s + 1).max().orElse(0);
        inner.put(index.plain().name(), slot);
        Code<T> body = new Compiler<>(field, inner, budget).compile(series.body());
        long steps = field.stepsOfNode() * Trees.nodeCount(series.body());
        boolean adds = series.kind() == Expr.Series.Kind.SUM;
        return point -> {
            int first = calls.integer(lower.at(point));
            int last = calls.integer(upper.at(point));
            if ((long) last - first >= MAX_SERIES) {
                throw new Undefined("more than " + MAX_SERIES + " terms");
            }
            if (last < first - 1) {
                throw new Undefined("a sum that runs backwards");
            }
            List<T> inside = new ArrayList<>(point.subList(0, Math.min(slot, point.size())));
            while (inside.size() <= slot) {
                inside.add(field.one());
            }
            T total = field.integer(adds ? 0 : 1);
            for (int k = first; k <= last; k++) {
                budget.spend(steps);
                inside.set(slot, field.integer(k));
                T value = body.at(inside);
                total = adds ? field.plus(total, value) : field.times(total, value);
            }
            return total;
        };
    }

    private Code<T> piecewise(Expr.Piecewise piecewise) {
        record Case<T>(Code<T> value, Condition<T> condition) {}
        List<Case<T>> cases = new ArrayList<>();
        for (Expr.Piecewise.Branch branch : piecewise.branches()) {
            Statement.Relation condition = branch.condition();
            cases.add(new Case<>(compile(branch.value()), condition == null ? point -> true : condition(condition)));
        }
        return point -> {
            for (Case<T> one : cases) {
                if (one.condition().holds(point)) {
                    return one.value().at(point);
                }
            }
            throw new Undefined("none of the cases");
        };
    }

    private interface Condition<T> {
        boolean holds(List<T> point);
    }

    private Condition<T> condition(Statement.Relation relation) {
        List<Code<T>> sides = compileAll(relation.sides());
        List<Statement.Operator> operators = relation.operators();
        return point -> {
            for (int i = 0; i < operators.size(); i++) {
                if (!holds(
                        sides.get(i).at(point),
                        operators.get(i),
                        sides.get(i + 1).at(point))) {
                    return false;
                }
            }
            return true;
        };
    }

    private boolean holds(T left, Statement.Operator operator, T right) {
        return switch (operator) {
            case EQUAL, IDENTICAL -> field.same(left, right);
            case NOT_EQUAL -> !field.same(left, right);
            case LESS -> field.compare(left, right) < 0;
            case LESS_OR_EQUAL -> field.compare(left, right) <= 0;
            case GREATER -> field.compare(left, right) > 0;
            case GREATER_OR_EQUAL -> field.compare(left, right) >= 0;
            case APPROXIMATE, PROPORTIONAL, TENDS_TO -> throw new Unsupported("a condition with " + operator.sign());
        };
    }
}
