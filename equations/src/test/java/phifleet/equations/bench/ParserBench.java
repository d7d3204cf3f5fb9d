package phifleet.equations.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;
import phifleet.equations.grammar.EquationParser;
import phifleet.equations.grammar.Format;
import phifleet.equations.grammar.ParseOptions;
import phifleet.equations.grammar.ParseResult;
import phifleet.equations.units.UnitReading;
import phifleet.equations.units.Units;

/** How many spellings are read, and whether both spellings of a law give one tree. */
final class ParserBench {
    private int ascii;
    private int latex;
    private int equal;

    void run(List<Rows.Law> laws, Table table) {
        for (Rows.Law law : laws) {
            Optional<Statement> code = read(law.code(), Format.AUTO);
            Optional<Statement> display = read(law.latex(), Format.LATEX);
            ascii += code.isPresent() ? 1 : 0;
            latex += display.isPresent() ? 1 : 0;
            code.ifPresentOrElse(tree -> {}, () -> table.detail("ascii not read: " + law.code()));
            display.ifPresentOrElse(tree -> {}, () -> table.detail("latex not read: " + law.latex()));
            if (code.isPresent() && display.isPresent()) {
                boolean same = renamed(display.get(), names(law)).equals(Shape.of(code.get()));
                equal += same ? 1 : 0;
                if (!same) {
                    table.detail("trees differ: " + law.code() + "   " + law.latex());
                }
            }
        }
        table.share("parser: ASCII spellings read", ascii, laws.size(), 0.99);
        table.share("parser: LaTeX spellings read", latex, laws.size(), 0.95);
        table.share("parser: both spellings give one tree", equal, laws.size(), 0.95);
    }

    private static Optional<Statement> read(String text, Format format) {
        ParseOptions options = new ParseOptions(
                format,
                Set.of(),
                unit -> Units.standard().read(unit) instanceof UnitReading.Read,
                ParseOptions.Units.CLEAR);
        return EquationParser.parse(text, options) instanceof ParseResult.Parsed parsed
                ? Optional.of(parsed.statement())
                : Optional.empty();
    }

    /** The code's symbol for each symbol of the LaTeX, by the file's own table of names. */
    private static Map<Expr, Expr> names(Rows.Law law) {
        Map<Expr, Expr> names = new HashMap<>();
        law.symbols().forEach((code, symbol) -> {
            Optional<Statement> from = read(symbol.latex(), Format.LATEX);
            Optional<Statement> to = read(code, Format.AUTO);
            if (from.isPresent()
                    && to.isPresent()
                    && Shape.of(from.get()) instanceof Statement.Bare(Expr a)
                    && Shape.of(to.get()) instanceof Statement.Bare(Expr b)) {
                names.put(head(a), head(b));
            }
        });
        // The file prints the imaginary unit as I in code and as i in LaTeX.
        if (!law.symbols().containsKey("I") && law.code().matches(".*\\bI\\b.*")) {
            names.putIfAbsent(Expr.Symbol.of("i"), Expr.Symbol.of("I"));
        }
        return names;
    }

    private static Expr head(Expr expr) {
        return switch (expr) {
            case Expr.Application(Expr.Symbol head, var _) -> head;
            case Expr.Call call -> head(call.argument());
            default -> expr;
        };
    }

    private static Statement renamed(Statement statement, Map<Expr, Expr> names) {
        return Trees.mapSides(
                Shape.of(statement),
                side -> Trees.rewrite(side, node -> switch (node) {
                    case Expr.Symbol symbol -> names.getOrDefault(symbol, symbol);
                    case Expr.Application(Expr.Symbol head, var arguments)
                    when names.get(head) instanceof Expr.Symbol renamed -> new Expr.Application(renamed, arguments);
                    default -> node;
                }));
    }
}
