package phifleet.equations.dimension;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Application;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;

/**
 * The letters of an equation that stand for anything: the constants of a solution, {@code y = C e^{kx}}, the coefficients of a differential equation for y(x), and a pair such as f(t) and F(s)
 * beside an integral, of which one is the other's transform; f, g and h that are told as functions of a letter, {@code f(x) = λ e^{-λx}}; and the
 * matrices of linear systems.
 */
final class MathematicalFunctions {
    private static final Set<String> CONSTANTS = Set.of("C", "C_0", "C_1", "C_2", "c_1", "c_2");
    private static final Set<String> FUNCTIONS = Set.of("f", "g", "h");
    /** Parameters of densities, one over what they are the rate of. */
    private static final Set<String> RATES = Set.of("lambda", "theta", "beta", "alpha", "mu");
    /** Of a controller. */
    private static final Set<String> GAINS = Set.of("K_p", "K_i", "K_d", "K_P", "K_I", "K_D");
    /** Three indices and more: what the letter means without them says nothing. */
    private static final Pattern TENSOR = Pattern.compile(
            "(?:(?:up|down)?(?:alpha|beta|gamma|delta|kappa|lambda|mu|nu|rho|sigma|tau|[ijklmnpqabcd])){3,}");

    private static final Pattern LATIN = Pattern.compile("[a-z]{3,4}");

    private static final Set<String> COEFFICIENTS = Set.of("P", "Q", "R", "p", "q", "r", "f", "g", "h");

    private MathematicalFunctions() {}

    /** The constants before an exponential or a harmonic, where y or more than one constant tells that they are of a solution. */
    private static Set<Symbol> constants(Statement statement) {
        Set<Symbol> found = new HashSet<>();
        Trees.visit(statement, node -> {
            if (node instanceof Expr.Product(List<Expr> factors)
                    && factors.stream().anyMatch(MathematicalFunctions::isSolution)) {
                factors.forEach(factor -> {
                    if (factor instanceof Symbol symbol && CONSTANTS.contains(symbol.name())) {
                        found.add(symbol);
                    }
                });
            }
        });
        return found.size() > 1 || Trees.any(statement, Symbol.of("y")::equals) ? found : new HashSet<>();
    }

    /** A function that is told by what its argument gives; of a density the parameter beside the argument too. */
    private static Set<Symbol> densities(Statement statement) {
        Set<Symbol> found = new HashSet<>();
        if (statement instanceof Statement.Relation relation
                && relation.left() instanceof Application(Symbol head, List<Expr> arguments)
                && FUNCTIONS.contains(head.base())
                && arguments.stream().allMatch(Symbol.class::isInstance)
                && Trees.symbols(relation.right())
                        .containsAll(arguments.stream().map(Symbol.class::cast).toList())) {
            found.add(head.plain());
            Trees.visit(relation.right(), node -> {
                if (node instanceof Expr.Power(Expr _, Expr exponent)) {
                    Trees.symbols(exponent).stream()
                            .filter(symbol -> RATES.contains(symbol.base()))
                            .forEach(symbol -> found.add(symbol.plain()));
                }
            });
        }
        return found;
    }

    /** The heads of transforms, {@code H(s)}: capitals of the complex frequency s. */
    static Set<Symbol> transforms(Statement statement) {
        Set<Symbol> heads = new HashSet<>();
        Trees.visit(statement, node -> {
            if (node instanceof Application(Symbol head, List<Expr> arguments)
                    && arguments.equals(List.of(Symbol.of("s")))
                    && head.base().length() == 1
                    && Character.isUpperCase(head.base().charAt(0))) {
                heads.add(head.plain());
            }
        });
        return heads;
    }

    private static boolean isSolution(Expr factor) {
        return switch (factor) {
            case Expr.Power(Expr base, Expr _) -> base.equals(Expr.Constant.E) || base.equals(Symbol.of("e"));
            case Expr.Call(Function function, List<Expr> _) ->
                function == Function.EXP || function == Function.SIN || function == Function.COS;
            default -> false;
        };
    }

    /** Indices of a tensor stand elsewhere too, {@code σ_ij = C_ijkl ε_kl}; a word such as the min of θ_min does not. */
    private static boolean isTensor(Symbol symbol, Statement statement) {
        String indices = symbol.subscript();
        if (!TENSOR.matcher(indices).matches()) {
            return false;
        }
        return !LATIN.matcher(indices).matches()
                || indices.chars()
                        .allMatch(index -> Trees.symbols(statement).stream()
                                .anyMatch(other -> !other.equals(symbol)
                                        && other.subscript().indexOf(index) >= 0));
    }

    static Set<Symbol> of(Statement statement) {
        Set<Symbol> heads = new HashSet<>();
        boolean[] integral = {false};
        boolean[] ordinate = {false};
        Trees.visit(statement, node -> {
            switch (node) {
                case Application(Symbol head, List<Expr> arguments)
                when arguments.size() == 1 -> heads.add(head.plain());
                case Expr.Integral _ -> integral[0] = true;
                case Expr.Derivative derivative ->
                    ordinate[0] |= derivative.operand().equals(Symbol.of("y"))
                            || (derivative.operand() instanceof Application application
                                    && application.head().base().equals("y"));
                default -> {}
            }
        });
        Set<Symbol> any = constants(statement);
        any.addAll(transforms(statement));
        any.addAll(PhasorLetters.responses(statement));
        any.addAll(LinearSystems.coefficients(statement));
        any.addAll(densities(statement));
        Set<Symbol> symbols = Trees.symbols(statement);
        any.addAll(PowerLaws.constants(statement, symbols));
        any.addAll(RelativisticLetters.masses(statement, symbols));
        Set<Symbol> gains = new HashSet<>();
        for (Symbol symbol : symbols) {
            if (isTensor(symbol, statement)) {
                any.add(symbol.plain());
            }
            if (GAINS.contains(symbol.name())) {
                gains.add(symbol.plain());
            }
        }
        if (gains.size() > 1) {
            any.addAll(gains);
        }
        for (Symbol head : heads) {
            boolean coefficient = ordinate[0]
                    && (COEFFICIENTS.contains(head.name()) || head.base().equals("y"));
            boolean pair = integral[0]
                    && heads.stream()
                            .anyMatch(
                                    other -> !other.equals(head) && other.base().equalsIgnoreCase(head.base()));
            if (coefficient || pair) {
                any.add(head);
            }
        }
        return any;
    }
}
