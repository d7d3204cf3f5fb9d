package phifleet.equations.dimension;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;
import phifleet.equations.units.Exponent;

/**
 * Logarithms of dimensional quantities that are added: {@code ln p₂ − ln p₁}, {@code ln k = ln A − E/(RT)}. Each alone is
 * no number, but the sum is the logarithm of p₂/p₁, which is. Terms with the same factor beside the logarithm form a
 * group, and the group's product must be a pure number; a logarithm without a partner stands under the strict rule, unless a constant of
 * integration is beside it, {@code ln p = −L/(RT) + C}.
 */
final class LogTerms {
    private static final Set<String> CONSTANTS = Set.of("C", "const", "constant", "C_1", "c_1", "C_0", "c_0");

    private final IdentityHashMap<Expr.Call, Group> deferred = new IdentityHashMap<>();

    /** Logarithms that are judged together. */
    static final class Group {
        private final IdentityHashMap<Expr.Call, Exponent> weights = new IdentityHashMap<>();
        private final List<Expr> arguments = new ArrayList<>();
        private Form product = Form.NONE;

        /** The product of the arguments to the power of their factors. */
        Form product() {
            return product;
        }

        Expr anyArgument() {
            return arguments.getFirst();
        }
    }

    /** The groups of one sum or relation. */
    record Groups(List<Group> finished) {}

    private record Term(Expr.Call log, Exponent weight, List<Expr> beside) {}

    boolean isDeferred(Expr.Call call) {
        return deferred.containsKey(call);
    }

    /** Notes the dimension of a deferred logarithm's argument. */
    void argumentForm(Expr.Call call, Form form) {
        Group group = deferred.get(call);
        if (group != null) {
            group.product = group.product.plus(form, group.weights.getOrDefault(call, Exponent.ONE));
        }
    }

    /** Groups the logarithms on all sides of a relation, those after the first with the opposite sign. */
    Groups groups(Statement.Relation relation) {
        List<Term> terms = new ArrayList<>();
        boolean constant = false;
        for (int i = 0; i < relation.sides().size(); i++) {
            Expr side = relation.sides().get(i);
            Exponent sign = Exponent.of(i == 0 ? 1 : -1);
            for (Expr term : Trees.terms(side)) {
                term(term, sign).ifPresent(terms::add);
                constant |= isConstant(term);
            }
        }
        return group(terms, constant);
    }

    /** Groups the logarithms of a sum that are in no group yet. */
    Groups groups(List<Expr> members) {
        List<Term> terms = new ArrayList<>();
        for (Expr member : members) {
            term(member, Exponent.ONE).ifPresent(terms::add);
        }
        return group(terms, members.stream().anyMatch(LogTerms::isConstant));
    }

    private Groups group(List<Term> terms, boolean constant) {
        Map<List<Expr>, List<Term>> alike = new LinkedHashMap<>();
        for (Term term : terms) {
            if (!isDeferred(term.log())) {
                alike.computeIfAbsent(term.beside(), key -> new ArrayList<>()).add(term);
            }
        }
        List<Group> groups = new ArrayList<>();
        for (List<Term> members : alike.values()) {
            if (members.size() > 1) {
                Group group = new Group();
                for (Term member : members) {
                    group.weights.put(member.log(), member.weight());
                    group.arguments.add(member.log().argument());
                    deferred.put(member.log(), group);
                }
                groups.add(group);
            } else if (constant) {
                Group alone = new Group();
                alone.weights.put(members.getFirst().log(), members.getFirst().weight());
                deferred.put(members.getFirst().log(), alone);
            }
        }
        return new Groups(groups);
    }

    /** Constants of integration beside logarithms, {@code ln y = k x + C}: pure numbers, whatever their letters are elsewhere. */
    static Set<Expr.Symbol> constants(Statement statement) {
        List<Expr> terms = statement instanceof Statement.Relation relation
                ? relation.sides().stream()
                        .flatMap(side -> Trees.terms(side).stream())
                        .toList()
                : List.of();
        return terms.stream().anyMatch(one -> term(one, Exponent.ONE).isPresent())
                ? terms.stream()
                        .filter(LogTerms::isConstant)
                        .map(one -> ((Expr.Symbol) one).plain())
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /** A constant of integration, which may be the logarithm of what makes a number of the others. */
    private static boolean isConstant(Expr term) {
        return term instanceof Expr.Symbol symbol && CONSTANTS.contains(symbol.name());
    }

    private static Optional<Term> term(Expr expr, Exponent sign) {
        Exponent weight = sign;
        Expr inner = expr;
        if (inner instanceof Expr.Negation(Expr operand)) {
            weight = weight.negated();
            inner = operand;
        }
        List<Expr> factors = new ArrayList<>();
        List<Expr> beside = new ArrayList<>();
        if (inner instanceof Expr.Quotient(Expr a, Expr b)) {
            beside.add(new Expr.Quotient(Exponents.UNIT, b));
            inner = a;
        }
        if (inner instanceof Expr.Product(var parts)) {
            factors.addAll(parts);
        } else {
            factors.add(inner);
        }
        Expr.@Nullable Call log = null;
        for (Expr factor : factors) {
            if (log == null && factor instanceof Expr.Call call && isNaturalLog(call)) {
                log = call;
            } else if (factor instanceof Expr.Num) {
                weight = weight.times(Exponents.number(factor).orElse(Exponent.ONE));
            } else {
                beside.add(factor);
            }
        }
        return log == null ? Optional.empty() : Optional.of(new Term(log, weight, List.copyOf(beside)));
    }

    private static boolean isNaturalLog(Expr.Call call) {
        return call.function() == Function.LOG && call.arguments().size() == 1;
    }
}
