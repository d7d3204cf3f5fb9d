package phifleet.equations.ast;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import phifleet.equations.ast.Expr.Application;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Constant;
import phifleet.equations.ast.Expr.Derivative;
import phifleet.equations.ast.Expr.Integral;
import phifleet.equations.ast.Expr.Limit;
import phifleet.equations.ast.Expr.Matrix;
import phifleet.equations.ast.Expr.Nabla;
import phifleet.equations.ast.Expr.Negation;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Piecewise;
import phifleet.equations.ast.Expr.PlusMinus;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quantity;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Range;
import phifleet.equations.ast.Expr.Series;
import phifleet.equations.ast.Expr.Sum;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Expr.VectorProduct;

/**
 * Writes a tree as LaTeX that a typesetter draws and that the grammar reads back as the same tree, so that what is drawn is what
 * was understood. Arguments stand in SymPy's {@code {\left(…\right)}}, which no product is written as.
 *
 * <p>Not read back as they were: names that only programs print, numbers of more than {@value LatexLeaf#LONGEST_NUMBER} digits (they
 * are drawn as powers of ten), the golden ratio as a constant (it is drawn as φ), and {@code K_1(t)} where it is no Bessel function.
 */
public final class Latex {
    private static final Set<Function> OWN_COMMAND = Set.of(
            Function.SIN,
            Function.COS,
            Function.TAN,
            Function.COT,
            Function.SEC,
            Function.CSC,
            Function.SINH,
            Function.COSH,
            Function.TANH,
            Function.COTH,
            Function.EXP,
            Function.MIN,
            Function.MAX,
            Function.ARG,
            Function.DETERMINANT);
    /** Letters that before another are read as signs: of a differential, of a sum. */
    private static final Set<String> SIGNS = Set.of("d", "Sigma");

    /** How tightly what is written binds; a part that binds less tightly gets brackets. */
    private enum Binding {
        SUM,
        /** Reaches as far right as it can: integrals, sums, limits, derivatives without a bracket. */
        OPEN,
        PRODUCT,
        POWER,
        ATOM
    }

    private final StringBuilder out = new StringBuilder();

    private Latex() {}

    public static String of(Expr expr) {
        Latex latex = new Latex();
        latex.write(expr);
        return latex.out.toString();
    }

    public static String of(Statement statement) {
        return LatexStatement.of(statement);
    }

    private void write(Expr expr) {
        switch (expr) {
            case Num(BigDecimal value) -> out.append(LatexLeaf.number(value));
            case Constant c ->
                out.append(
                        switch (c) {
                            case PI -> "\\pi";
                            case E -> "\\mathrm{e}";
                            case I -> "\\mathrm{i}";
                            case GOLDEN -> "\\varphi";
                            case INFINITY -> "\\infty";
                        });
            case Symbol s -> out.append(LatexLeaf.symbol(s));
            case Quantity(Num n, String unit) ->
                out.append(LatexLeaf.number(n.value()))
                        .append("\\,\\mathrm{")
                        .append(unit)
                        .append('}');
            case Sum(List<Expr> terms) -> sum(terms);
            case Product(List<Expr> factors) -> product(factors);
            case Quotient(Expr a, Expr b) -> out.append(fraction(of(a), of(b)));
            case Power(Expr a, Expr b) -> power(a, b);
            case Negation(Expr a) -> signed("-", a);
            case PlusMinus(Expr a, boolean upper) -> signed(upper ? "\\pm " : "\\mp ", a);
            case Call call -> call(call);
            case Application(Symbol head, List<Expr> members)
            when head.name().equals("set") ->
                out.append(members.stream().map(Latex::of).collect(Collectors.joining(", ", "\\{", "\\}")));
            case Application(Symbol head, List<Expr> arguments) ->
                out.append(LatexLeaf.symbol(head)).append(bracketed(arguments));
            case Derivative derivative -> derivative(derivative);
            case Integral(Expr a, List<Range> ranges) -> integral(a, ranges);
            case Series(Series.Kind kind, Expr a, Range range) -> {
                out.append(kind == Series.Kind.SUM ? "\\sum" : "\\prod").append(index(range));
                out.append(' ');
                part(a, Binding.PRODUCT);
            }
            case Limit(Expr a, Expr variable, Expr target, Limit.Side side) -> {
                out.append("\\lim_{")
                        .append(of(variable))
                        .append(" \\to ")
                        .append(of(target))
                        .append(
                                switch (side) {
                                    case BOTH -> "";
                                    case ABOVE -> "^+";
                                    case BELOW -> "^-";
                                })
                        .append("} ");
                part(a, Binding.PRODUCT);
            }
            case Nabla(Nabla.Kind kind, Expr a) -> {
                out.append(
                        switch (kind) {
                            case GRAD -> "\\nabla ";
                            case DIV -> "\\nabla \\cdot ";
                            case CURL -> "\\nabla \\times ";
                            case LAPLACIAN -> "\\nabla^{2} ";
                        });
                part(a, Binding.POWER);
            }
            case VectorProduct(VectorProduct.Kind kind, Expr a, Expr b) -> {
                part(marked(a), Binding.POWER);
                out.append(kind == VectorProduct.Kind.DOT ? " \\cdot " : " \\times ");
                part(marked(b), Binding.POWER);
            }
            case Matrix(List<List<Expr>> rows) ->
                out.append(rows.stream()
                        .map(row -> row.stream().map(Latex::of).collect(Collectors.joining(" & ")))
                        .collect(Collectors.joining(" \\\\ ", "\\begin{pmatrix} ", " \\end{pmatrix}")));
            case Piecewise(List<Piecewise.Branch> branches) ->
                out.append(branches.stream()
                        .map(Latex::branch)
                        .collect(Collectors.joining(" \\\\ ", "\\begin{cases} ", " \\end{cases}")));
        }
    }

    private static String branch(Piecewise.Branch branch) {
        Statement.Relation condition = branch.condition();
        return of(branch.value()) + " & "
                + (condition == null ? "\\text{otherwise}" : LatexStatement.relation(condition, ""));
    }

    private void sum(List<Expr> terms) {
        for (int i = 0; i < terms.size(); i++) {
            Expr term = terms.get(i);
            if (i > 0 && term instanceof Negation(Expr operand)) {
                signed(" - ", operand);
                continue;
            }
            out.append(i == 0 ? "" : term instanceof PlusMinus ? " " : " + ");
            part(term, Binding.SUM);
        }
    }

    private void signed(String sign, Expr operand) {
        out.append(sign);
        part(operand, operand instanceof Negation || operand instanceof Sum ? Binding.PRODUCT : Binding.OPEN);
    }

    private void product(List<Expr> factors) {
        for (int i = 0; i < factors.size(); i++) {
            String factor = bracketed(factors.get(i), Binding.POWER);
            if (i > 0) {
                out.append(separator(factors.get(i - 1), factors.get(i), factor));
            }
            out.append(factor);
        }
    }

    /** A dot where mere neighbourhood would be read, or seen, as something else. */
    private static String separator(Expr before, Expr factor, String text) {
        boolean digits = Character.isDigit(text.charAt(0));
        boolean bracket = text.startsWith("\\left");
        boolean word = text.startsWith("\\text") || text.startsWith("\\mathrm") || text.startsWith("\\operatorname");
        boolean unit = word && before instanceof Num;
        boolean operator = (before instanceof Symbol s && SIGNS.contains(s.base())) || isOperatorLike(before);
        boolean vectors = isVector(before) && isVector(factor);
        return digits || unit || operator || (bracket && !(before instanceof Num)) || vectors ? " \\cdot " : " ";
    }

    private static boolean isVector(Expr expr) {
        return expr instanceof Symbol(String _, String _, String _, boolean vector) && vector;
    }

    private static boolean isOperatorLike(Expr expr) {
        return expr instanceof Call call
                && (call.function() == Function.DIFFERENTIAL
                        || call.function() == Function.CHANGE
                        || call.function() == Function.VARIATION);
    }

    private static String fraction(String numerator, String denominator) {
        return "\\frac{" + numerator + "}{" + denominator + "}";
    }

    private void power(Expr base, Expr exponent) {
        String raised = of(exponent);
        boolean word = raised.startsWith("\\mathrm{") || raised.startsWith("\\text{");
        raised = word ? "{" + raised + "}" : raised;
        if (base instanceof Call call && OWN_COMMAND.contains(call.function()) && exponent instanceof Num) {
            out.append(command(call.function())).append("^{").append(raised).append('}');
            out.append(bracketed(call.arguments()));
            return;
        }
        boolean bare = base instanceof Symbol || base instanceof Num || base instanceof Constant;
        out.append(bare ? of(base) : bracketed(List.of(base)).replaceAll("^\\{|}$", ""));
        out.append("^{").append(raised).append('}');
    }

    private void call(Call call) {
        List<Expr> arguments = call.arguments();
        Expr only = call.argument();
        switch (call.function()) {
            case SQRT -> out.append("\\sqrt{").append(of(only)).append('}');
            case ROOT ->
                out.append("\\sqrt[")
                        .append(of(arguments.get(1)))
                        .append("]{")
                        .append(of(only))
                        .append('}');
            case ABS -> between("\\left|", only, "\\right|");
            case NORM -> between("\\left\\|", only, "\\right\\|");
            case FLOOR -> between("\\left\\lfloor ", only, "\\right\\rfloor");
            case CEILING -> between("\\left\\lceil ", only, "\\right\\rceil");
            case AVERAGE -> between("\\left\\langle ", only, "\\right\\rangle");
            case FACTORIAL -> postfix(only, "!");
            case DOUBLE_FACTORIAL -> postfix(only, "!!");
            case CONJUGATE -> postfix(only, "^{*}");
            case BINOMIAL ->
                out.append("\\binom{")
                        .append(of(only))
                        .append("}{")
                        .append(of(arguments.get(1)))
                        .append('}');
            case LOG -> {
                out.append(arguments.size() == 1 ? "\\ln" : "\\log_{" + of(arguments.get(1)) + "}");
                out.append(bracketed(List.of(only)));
            }
            case DIFFERENTIAL -> small("\\mathrm{d}", "\\operatorname{d}", only);
            case CHANGE -> small("\\Delta ", "\\Delta", only);
            case VARIATION -> small("\\delta ", "\\operatorname{delta}", only);
            case OMITTED -> out.append("\\cdots");
            case TENSOR ->
                out.append(arguments.stream()
                        .map(part -> bracketed(part, Binding.POWER))
                        .collect(Collectors.joining(" \\otimes ")));
            case EXPECTATION, PROBABILITY, GIVEN, INTERSECTION, UNION -> out.append(ChanceLatex.of(call));
            default -> out.append(command(call.function())).append(bracketed(arguments));
        }
    }

    private static String command(Function function) {
        return switch (function) {
            case ASIN -> "\\arcsin";
            case ACOS -> "\\arccos";
            case ATAN -> "\\arctan";
            default ->
                OWN_COMMAND.contains(function)
                        ? "\\" + function.spelling()
                        : "\\operatorname{" + function.spelling() + "}";
        };
    }

    private void small(String sign, String called, Expr operand) {
        if (operand instanceof Symbol) {
            out.append(sign).append(of(operand));
        } else {
            out.append(called).append("\\left(").append(of(operand)).append("\\right)");
        }
    }

    private void between(String open, Expr inside, String close) {
        out.append(open).append(of(inside)).append(close);
    }

    private void postfix(Expr operand, String sign) {
        part(operand, Binding.ATOM);
        out.append(sign);
    }

    private void derivative(Derivative derivative) {
        String d = derivative.partial() ? "\\partial " : "d";
        String order = derivative.order() == 1 ? "" : "^{" + derivative.order() + "}";
        String below = derivative.variables().stream()
                .map(by -> d
                        + (by.variable() instanceof Symbol s && s.base().length() > 1 ? " " : "")
                        + of(by.variable())
                        + (by.order() == 1 ? "" : "^{" + by.order() + "}"))
                .collect(Collectors.joining(" "));
        Expr operand = derivative.operand();
        boolean inside = operand instanceof Symbol || operand instanceof Application;
        String above = d.strip() + order + (inside ? " " + of(operand) : "");
        out.append(fraction(above, below));
        if (!inside) {
            out.append(" \\left(").append(of(operand)).append("\\right)");
        }
    }

    private void integral(Expr integrand, List<Range> ranges) {
        for (Range range : ranges.reversed()) {
            out.append("\\int");
            Expr lower = range.lower();
            Expr upper = range.upper();
            out.append(lower == null ? "" : "_{" + of(lower) + "}");
            out.append(upper == null ? "" : "^{" + of(upper) + "}");
            out.append(' ');
        }
        part(integrand, Binding.PRODUCT);
        for (Range range : ranges) {
            out.append("\\,d")
                    .append(range.variable() instanceof Symbol s && s.base().length() == 1 ? "" : " ");
            out.append(of(range.variable()));
        }
    }

    private static String index(Range range) {
        Expr lower = range.lower();
        Expr upper = range.upper();
        return "_{" + of(range.variable()) + (lower == null ? "" : " = " + of(lower)) + "}"
                + (upper == null ? "" : "^{" + of(upper) + "}");
    }

    /** Where a product of vectors is meant, both are drawn as vectors, or it would be one of numbers. */
    private static Expr marked(Expr expr) {
        return switch (expr) {
            case Symbol(String base, String subscript, String mark, boolean _) ->
                new Symbol(base, subscript, mark, true);
            case Application(Symbol head, List<Expr> arguments) -> new Application((Symbol) marked(head), arguments);
            default -> expr;
        };
    }

    private static String bracketed(List<Expr> arguments) {
        return arguments.stream().map(Latex::of).collect(Collectors.joining(", ", "{\\left(", "\\right)}"));
    }

    /** In place, for a chain of signs may be as deep as a tree can be. */
    private void part(Expr expr, Binding needed) {
        boolean brackets = binding(expr).compareTo(needed) < 0;
        out.append(brackets ? "\\left(" : "");
        write(expr);
        out.append(brackets ? "\\right)" : "");
    }

    private static String bracketed(Expr expr, Binding needed) {
        return binding(expr).compareTo(needed) < 0 ? "\\left(" + of(expr) + "\\right)" : of(expr);
    }

    private static Binding binding(Expr expr) {
        return switch (expr) {
            case Sum _, Negation _, PlusMinus _ -> Binding.SUM;
            case Integral _, Series _, Limit _ -> Binding.OPEN;
            case Product _, Quantity _, Nabla _, VectorProduct _ -> Binding.PRODUCT;
            case Power _, Quotient _, Derivative _ -> Binding.POWER;
            case Call call when isOperatorLike(call) -> Binding.POWER;
            case Call call when isPostfix(call.function()) -> Binding.POWER;
            case Call call when isJoined(call.function()) -> Binding.SUM;
            default -> Binding.ATOM;
        };
    }

    private static boolean isJoined(Function function) {
        return function == Function.TENSOR || function == Function.INTERSECTION || function == Function.UNION;
    }

    private static boolean isPostfix(Function function) {
        return switch (function) {
            case FACTORIAL, DOUBLE_FACTORIAL, CONJUGATE -> true;
            default -> false;
        };
    }
}
