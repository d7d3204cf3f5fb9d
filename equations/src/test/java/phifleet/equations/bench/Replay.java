package phifleet.equations.bench;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phifleet.equations.ValidationReport.CounterexamplePoint;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.grammar.EquationParser;
import phifleet.equations.grammar.Format;
import phifleet.equations.grammar.ParseOptions;
import phifleet.equations.grammar.ParseResult;
import phifleet.equations.identity.IdentityOutcome;
import phifleet.equations.identity.IdentityTester;

/** Calculates both sides anew at a counter-example's point, as plain numbers with many digits. */
final class Replay {
    private static final Pattern COMPLEX =
            Pattern.compile("(?<re>[-+]?[0-9.]+(?:[eE][-+]?\\d+)?)?(?:(?<im>[-+]?[0-9.]+(?:[eE][-+]?\\d+)?)i)?");

    private final CounterexamplePoint point;

    Replay(CounterexamplePoint point) {
        this.point = point;
    }

    boolean differs(String equation) {
        Set<String> names = point.values().keySet();
        ParseOptions options = new ParseOptions(Format.AUTO, names, unit -> false, ParseOptions.Units.MARKED);
        if (!(EquationParser.parse(equation, options) instanceof ParseResult.Parsed parsed)
                || !(parsed.statement() instanceof Statement.Relation relation)) {
            return false;
        }
        Expr left = filled(relation.left());
        Expr right = filled(relation.right());
        return new IdentityTester(Map.of(), 1).test(left, right, Budget.ofSteps(50_000_000))
                instanceof IdentityOutcome.Refuted;
    }

    private Expr filled(Expr side) {
        return Trees.rewrite(side, node -> node instanceof Expr.Symbol symbol ? value(symbol) : node);
    }

    private Expr value(Expr.Symbol symbol) {
        String text = point.values().get(symbol.plain().name());
        if (text == null) {
            return switch (symbol.name()) {
                case "I", "i" -> Expr.Constant.I;
                case "e" -> Expr.Constant.E;
                default -> symbol;
            };
        }
        Matcher matcher = COMPLEX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no number: " + text);
        }
        String re = matcher.group("re");
        String im = matcher.group("im");
        Expr real = re == null ? Expr.Num.of(0) : new Expr.Num(new BigDecimal(re));
        return im == null
                ? real
                : new Expr.Sum(
                        List.of(real, new Expr.Product(List.of(new Expr.Num(new BigDecimal(im)), Expr.Constant.I))));
    }
}
