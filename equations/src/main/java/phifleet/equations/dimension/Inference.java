package phifleet.equations.dimension;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Statement;
import phifleet.equations.budget.Budget;
import phifleet.equations.dimension.DimensionSystem.Kind;
import phifleet.equations.units.BaseQuantity;
import phifleet.equations.units.Dimension;
import phifleet.equations.units.Exponent;
import phifleet.equations.units.Unit;
import phifleet.equations.units.UnitReading;
import phifleet.equations.units.Units;

/**
 * Walks a statement once, gives each node its dimension as a linear form, and requires what dimensional analysis asks of
 * it. It goes on after a conflict; the first one is kept.
 *
 * <p>A literal 0 and ∞ have any dimension. A number with a symbolic exponent on a dimensional base (V^γ) gets the rigid
 * unknowns L^γ: they cancel where the same power stands on the other side, and never else.
 */
final class Inference {
    private static final Form PER_LENGTH =
            Form.of(Dimension.of(BaseQuantity.LENGTH).pow(-1));

    /** Differences and sums of two products of the same operators. */
    private static final Set<String> COMMUTATORS = Set.of("commutator", "anticommutator");

    private record RigidKey(Expr exponent, BaseQuantity base) {}

    private final Budget budget;
    private final DimensionSystem system;
    private final SymbolForms symbols;
    private final LogTerms logs;
    private final Map<RigidKey, Integer> rigid = new HashMap<>();
    private @Nullable Conflict conflict;
    private boolean opaque;

    Inference(Budget budget, DimensionSystem system, SymbolForms symbols) {
        this.budget = budget;
        this.system = system;
        this.symbols = symbols;
        this.logs = new LogTerms();
    }

    Optional<Conflict> conflict() {
        return Optional.ofNullable(conflict);
    }

    /** Whether a power was met whose dimension cannot be told before its base is known. */
    boolean isOpaque() {
        return opaque;
    }

    void statement(Statement statement) {
        switch (statement) {
            case Statement.Relation relation -> relation(relation);
            case Statement.Several several -> several.members().forEach(this::statement);
            case Statement.Bare(Expr expr) -> form(expr);
            case Statement.Reaction reaction -> {}
        }
    }

    private void relation(Statement.Relation relation) {
        LogTerms.Groups deferred = logs.groups(relation);
        MatrixRules matrices = new MatrixRules(this);
        List<Expr> sides = relation.sides();
        MatrixRules.@Nullable Grid first = null;
        Expr firstSide = sides.getFirst();
        for (int i = 0; i < sides.size(); i++) {
            MatrixRules.Grid grid = matrices.grid(sides.get(i));
            boolean free = i > 0 && relation.operators().get(i - 1) == Statement.Operator.PROPORTIONAL;
            if (first != null && !free) {
                matrices.agree(sides.get(i), grid, firstSide, first, Rule.SIDES);
            } else {
                first = grid;
                firstSide = sides.get(i);
            }
        }
        emit(deferred);
    }

    private void emit(LogTerms.Groups groups) {
        for (LogTerms.Group group : groups.finished()) {
            agree(group.anyArgument(), group.product(), null, Form.NONE, Rule.ARGUMENT);
        }
    }

    /** The dimension of an expression. */
    Form form(Expr expr) {
        budget.spend(1);
        return symbols.part(expr).orElseGet(() -> inferred(expr));
    }

    private Form inferred(Expr expr) {
        return switch (expr) {
            case Expr.Num number -> number.is(0) ? system.freshForm(Kind.AUXILIARY) : Form.NONE;
            case Expr.Constant constant ->
                constant == Expr.Constant.INFINITY ? system.freshForm(Kind.AUXILIARY) : Form.NONE;
            case Expr.Symbol symbol -> symbols.form(symbol);
            case Expr.Quantity(Expr.Num number, String unit) -> quantity(unit);
            case Expr.Sum(List<Expr> terms) -> sum(terms);
            case Expr.Product(List<Expr> factors) -> {
                Form product = Form.NONE;
                for (Expr factor : factors) {
                    product = product.times(form(factor));
                }
                yield product;
            }
            case Expr.Quotient(Expr a, Expr b) -> form(a).over(form(b));
            case Expr.Power(Expr base, Expr exponent) -> power(base, exponent);
            case Expr.Negation(Expr operand) -> form(operand);
            case Expr.PlusMinus(Expr operand, boolean upper) -> form(operand);
            case Expr.Call call -> call(call);
            case Expr.Application(Expr.Symbol head, List<Expr> arguments) -> {
                if (COMMUTATORS.contains(head.base())) {
                    yield arguments.stream().map(this::form).reduce(Form.NONE, Form::times);
                }
                arguments.forEach(this::form);
                yield symbols.form(head);
            }
            case Expr.Derivative derivative -> derivative(derivative);
            case Expr.Integral(Expr integrand, List<Expr.Range> ranges) -> {
                Form product = form(integrand);
                for (Expr.Range range : ranges) {
                    product = product.times(measure(range));
                }
                yield product;
            }
            case Expr.Series series -> series(series);
            case Expr.Limit(Expr body, Expr variable, Expr target, var side) -> {
                agree(target, form(target), variable, form(variable), Rule.BOUNDS);
                yield form(body);
            }
            case Expr.Nabla(Expr.Nabla.Kind kind, Expr operand) ->
                form(operand).plus(PER_LENGTH, Exponent.of(kind == Expr.Nabla.Kind.LAPLACIAN ? 2 : 1));
            case Expr.VectorProduct(Expr.VectorProduct.Kind kind, Expr a, Expr b) -> form(a).times(form(b));
            case Expr.Matrix(List<List<Expr>> rows) -> {
                rows.forEach(row -> row.forEach(this::form));
                yield system.freshForm(Kind.AUXILIARY);
            }
            case Expr.Piecewise(List<Expr.Piecewise.Branch> branches) -> {
                for (Expr.Piecewise.Branch branch : branches) {
                    if (branch.condition() != null) {
                        statement(branch.condition());
                    }
                }
                yield agreeAll(
                        branches.stream().map(Expr.Piecewise.Branch::value).toList(), Rule.CASES);
            }
        };
    }

    private Form quantity(String unit) {
        return switch (Units.standard().read(unit)) {
            case UnitReading.Read(Unit read) -> Form.of(read.dimension());
            case UnitReading.Unreadable wrong -> system.freshForm(Kind.AUXILIARY);
        };
    }

    private Form sum(List<Expr> terms) {
        LogTerms.Groups deferred = logs.groups(terms);
        Form form = agreeAll(terms, Rule.TERMS);
        emit(deferred);
        return form;
    }

    /** Requires that all have one dimension, and gives it: a known one where there is one. */
    private Form agreeAll(List<Expr> members, Rule rule) {
        Expr reference = members.getFirst();
        Form common = form(reference);
        Form best = common;
        for (Expr member : members.subList(1, members.size())) {
            Form form = form(member);
            if (isZero(reference)) {
                reference = member;
                common = form;
            } else {
                agree(member, form, reference, common, rule);
            }
            best = form.size() < best.size() || isZero(reference) ? form : best;
        }
        return best;
    }

    private static boolean isZero(Expr expr) {
        return expr instanceof Expr.Num number && number.is(0);
    }

    private Form power(Expr base, Expr exponent) {
        Optional<Exponent> number = Exponents.number(exponent);
        if (number.isPresent()) {
            return form(base).pow(number.get());
        }
        pure(exponent, Rule.EXPONENT);
        return symbols.isEuler(base) ? Form.NONE : symbolicPower(system.reduce(form(base)), exponent);
    }

    private Form symbolicPower(Form form, Expr exponent) {
        if (form.isNone()) {
            return Form.NONE;
        }
        if (!form.isKnown()) {
            opaque = true;
            return system.freshForm(Kind.AUXILIARY);
        }
        Form product = Form.NONE;
        for (Map.Entry<Expr, Exponent> part : Exponents.parts(exponent).entrySet()) {
            if (part.getKey().equals(Exponents.UNIT)) {
                product = product.plus(form, part.getValue());
                continue;
            }
            for (BaseQuantity quantity : BaseQuantity.values()) {
                int numerator = form.known().numerator(quantity);
                if (numerator != 0) {
                    int id = rigid.computeIfAbsent(
                            new RigidKey(part.getKey(), quantity), key -> system.fresh(Kind.RIGID, 0));
                    Exponent times = new Exponent(numerator, form.known().denominator());
                    product = product.plus(Form.unknown(id), times.times(part.getValue()));
                }
            }
        }
        return product;
    }

    private Form call(Expr.Call call) {
        List<Expr> arguments = call.arguments();
        return switch (FunctionRule.of(call.function())) {
            case PURE -> {
                if (call.function() == phifleet.equations.ast.Function.LOG && logs.isDeferred(call)) {
                    logs.argumentForm(call, form(call.argument()));
                } else {
                    arguments.forEach(argument -> pure(argument, Rule.ARGUMENT));
                }
                yield Form.NONE;
            }
            case KEEPS -> agreeAll(arguments, Rule.CASES);
            case FORGETS -> {
                agreeAll(arguments, Rule.CASES);
                yield Form.NONE;
            }
            case INVERTS -> Form.NONE.over(form(call.argument()));
            case SQUARES -> form(call.argument()).pow(Exponent.of(2));
            case MULTIPLIES -> arguments.stream().map(this::form).reduce(Form.NONE, Form::times);
            case EVENT -> {
                arguments.forEach(this::event);
                yield Form.NONE;
            }
            case CONDITION -> {
                event(arguments.getLast());
                yield arguments.getFirst() instanceof Expr.Piecewise ? Form.NONE : form(arguments.getFirst());
            }
            case SQUARE_ROOT -> form(call.argument()).pow(new Exponent(1, 2));
            case ROOT -> power(arguments.get(0), new Expr.Quotient(Exponents.UNIT, arguments.get(1)));
            case UNKNOWN -> {
                arguments.forEach(this::form);
                yield system.freshForm(Kind.AUXILIARY);
            }
        };
    }

    /** The letters of events have no dimension; what is said of quantities within one has. */
    private void event(Expr event) {
        boolean given = event instanceof Expr.Call call && call.function() == phifleet.equations.ast.Function.GIVEN;
        if (given) {
            event.children().forEach(this::event);
        } else if (event instanceof Expr.Piecewise || event instanceof Expr.Call) {
            form(event);
        }
    }

    private Form derivative(Expr.Derivative derivative) {
        Expr operand = derivative.operand();
        boolean logarithmic = operand instanceof Expr.Call(phifleet.equations.ast.Function function, var arguments)
                && function == phifleet.equations.ast.Function.LOG
                && arguments.size() == 1;
        Form form;
        if (logarithmic) {
            // d(ln p) is dp/p: the unit of p drops out.
            form(operand.children().getFirst());
            form = Form.NONE;
        } else {
            form = form(operand);
        }
        for (Expr.Derivative.By by : derivative.variables()) {
            form = form.plus(form(by.variable()), Exponent.of(-by.order()));
        }
        return form;
    }

    private Form measure(Expr.Range range) {
        Form variable = form(range.variable());
        // Without an upper one it is no bound, but the curve or volume over which is integrated.
        boolean domain = range.upper() == null && range.lower() instanceof Expr.Symbol;
        if (!domain) {
            bound(range.lower(), range.variable(), variable);
        }
        bound(range.upper(), range.variable(), variable);
        return variable;
    }

    private void bound(@Nullable Expr bound, Expr variable, Form form) {
        if (bound != null) {
            agree(bound, form(bound), variable, form, Rule.BOUNDS);
        }
    }

    private Form series(Expr.Series series) {
        Expr.Range index = series.index();
        pure(index.variable(), Rule.INDEX);
        measure(index);
        Form body = form(series.body());
        return switch (series.kind()) {
            case SUM -> body;
            case PRODUCT -> system.reduce(body).isNone() ? Form.NONE : times(body, index);
        };
    }

    private Form times(Form body, Expr.Range index) {
        if (index.isBounded()) {
            Optional<Exponent> from = Exponents.number(java.util.Objects.requireNonNull(index.lower()));
            Optional<Exponent> to = Exponents.number(java.util.Objects.requireNonNull(index.upper()));
            if (from.isPresent() && to.isPresent()) {
                return body.pow(to.get().plus(from.get().negated()).plus(Exponent.ONE));
            }
        }
        opaque = true;
        return system.freshForm(Kind.AUXILIARY);
    }

    private void pure(Expr expr, Rule rule) {
        agree(expr, form(expr), null, Form.NONE, rule);
    }

    /** Requires that two forms are the same; notes a conflict where they cannot be. */
    void agree(Expr where, Form found, @Nullable Expr against, Form expected, Rule rule) {
        Optional<Form> rest = system.require(found.over(expected));
        if (rest.isPresent() && conflict == null) {
            boolean known = rest.get().isKnown();
            conflict = new Conflict(
                    known ? rule : Rule.SYMBOLIC_POWER, where, describe(found), against, describe(expected));
        }
    }

    private String describe(Form form) {
        Form reduced = system.reduce(form);
        StringBuilder text = new StringBuilder(reduced.known().inSiUnits());
        for (int i = 0; i < reduced.size(); i++) {
            Exponent power = reduced.coefficient(i);
            text.append("·[").append(name(reduced.unknownAt(i))).append(']');
            text.append(power.equals(Exponent.ONE) ? "" : "^(" + power + ")");
        }
        boolean onlyUnknown = reduced.size() > 0 && reduced.known().isNone();
        return onlyUnknown ? text.substring(2) : text.toString();
    }

    private String name(int id) {
        for (Map.Entry<RigidKey, Integer> entry : rigid.entrySet()) {
            if (entry.getValue() == id) {
                return entry.getKey().base().unit() + "^…";
            }
        }
        return symbols.name(id).orElse("?");
    }
}
