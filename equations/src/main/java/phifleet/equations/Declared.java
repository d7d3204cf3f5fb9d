package phifleet.equations;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;
import phifleet.equations.dimension.Declarations;
import phifleet.equations.grammar.EquationParser;
import phifleet.equations.grammar.Format;
import phifleet.equations.grammar.ParseOptions;
import phifleet.equations.grammar.ParseResult;
import phifleet.equations.units.Dimension;
import phifleet.equations.units.UnitReading;
import phifleet.equations.units.Units;

/**
 * What a request declares, in the terms of the packages that use it.
 *
 * @param names names that stay whole when the equation is read
 * @param dimensions the declared units' dimensions
 * @param hasUnits whether any unit is declared
 * @param domains by canonical name
 * @param symbols canonical names of everything declared
 */
record Declared(
        Set<String> names,
        Declarations dimensions,
        boolean hasUnits,
        Map<String, SymbolDomain> domains,
        Set<String> symbols) {
    private static final Pattern ASSUMPTION = Pattern.compile(
            "\\s*(?<name>.+?)\\s*(?:(?<sign>>=|≥|>|≠|!=)\\s*0|(?:∈|in|is|:)?\\s+(?:an? )?(?<domain>[a-zA-Zℝℤℕℂ]+))\\s*");
    private static final int SHOWN = 80;

    /** A field of the request is wrong. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;
        private final transient ValidationOutcome.Invalid outcome;

        Wrong(String field, String value, String message) {
            super(message, null, false, false);
            outcome = new ValidationOutcome.Invalid(
                    field, value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value, message);
        }

        ValidationOutcome.Invalid outcome() {
            return outcome;
        }
    }

    static Declared of(ValidationRequest request) throws Wrong {
        if (request.variables().size() > ValidationRequest.MAX_DECLARATIONS) {
            throw new Wrong(
                    "variables",
                    String.valueOf(request.variables().size()),
                    "at most " + ValidationRequest.MAX_DECLARATIONS + " variables can be declared");
        }
        if (request.assumptions().size() > ValidationRequest.MAX_DECLARATIONS) {
            throw new Wrong(
                    "assumptions",
                    String.valueOf(request.assumptions().size()),
                    "at most " + ValidationRequest.MAX_DECLARATIONS + " assumptions can be made");
        }
        Set<String> names = wholeNames(request.variables().keySet());
        Map<Expr, Dimension> dimensions = new LinkedHashMap<>();
        Set<Expr> unspecified = new HashSet<>();
        Map<String, SymbolDomain> domains = new HashMap<>();
        Set<String> symbols = new HashSet<>();
        for (Map.Entry<String, Variable> entry : request.variables().entrySet()) {
            String field = "variables." + entry.getKey();
            Expr key = key(field, entry.getKey(), names);
            Trees.symbols(key).forEach(symbol -> symbols.add(symbol.plain().name()));
            String unit = entry.getValue().unit();
            if (unit != null && unit.strip().equals(Variable.ANY_UNIT)) {
                unspecified.add(key);
            } else if (unit != null) {
                dimensions.put(key, dimension(field + ".unit", unit));
            }
            String domain = entry.getValue().domain();
            if (domain != null) {
                domains.put(name(key), domain(field + ".domain", domain));
            }
        }
        for (String assumption : request.assumptions()) {
            assume(assumption, names, domains);
        }
        return new Declared(
                names,
                Declarations.of(dimensions, unspecified),
                !dimensions.isEmpty() || !unspecified.isEmpty(),
                domains,
                symbols);
    }

    /** How the equation, or a key, is read. */
    static ParseOptions options(Format format, Set<String> names) {
        return new ParseOptions(format, names, Declared::isUnit, ParseOptions.Units.CLEAR);
    }

    private static boolean isUnit(String text) {
        return Units.standard().read(text) instanceof UnitReading.Read;
    }

    private static Set<String> wholeNames(Set<String> keys) {
        Set<String> names = new HashSet<>();
        for (String key : keys) {
            String bare = key.strip();
            int index = bare.indexOf('_');
            String base = index > 0 ? bare.substring(0, index) : bare;
            if (base.matches("[A-Za-z]+")) {
                names.add(base);
            }
        }
        return names;
    }

    private static Expr key(String field, String key, Set<String> names) throws Wrong {
        return switch (EquationParser.parse(key, options(Format.AUTO, names))) {
            case ParseResult.Parsed parsed when parsed.statement() instanceof Statement.Bare(Expr expr) -> expr;
            case ParseResult.Parsed other -> throw new Wrong(field, key, "a variable is a symbol, such as x or v_max");
            case ParseResult.Rejected(var problem) ->
                throw new Wrong(field, key, "this is no symbol: " + problem.message());
        };
    }

    private static String name(Expr key) {
        return switch (key) {
            case Expr.Symbol symbol -> symbol.plain().name();
            case Expr.Application application -> application.head().plain().name();
            default -> "";
        };
    }

    private static Dimension dimension(String field, String unit) throws Wrong {
        return switch (unit.isBlank()
                ? Units.standard().read("1")
                : Units.standard().read(unit)) {
            case UnitReading.Read(var read) -> read.dimension();
            case UnitReading.Unreadable(int position, int length, String message) ->
                throw new Wrong(field, unit, message + " (at " + position + ")");
        };
    }

    private static SymbolDomain domain(String field, String text) throws Wrong {
        SymbolDomain domain = SymbolDomain.of(text);
        if (domain == null) {
            throw new Wrong(field, text, "a domain is one of " + String.join(", ", SymbolDomain.texts()));
        }
        return domain;
    }

    /** With what the text says of its symbols; what the request says of one counts more. */
    Declared and(List<String> assumptions) {
        if (assumptions.isEmpty()) {
            return this;
        }
        Map<String, SymbolDomain> told = new HashMap<>();
        for (String assumption : assumptions) {
            try {
                assume(assumption, names, told);
            } catch (Wrong _) {
                // A symbol that cannot be written alone keeps all its values.
            }
        }
        told.putAll(domains);
        return new Declared(names, dimensions, hasUnits, told, symbols);
    }

    private static void assume(String assumption, Set<String> names, Map<String, SymbolDomain> domains) throws Wrong {
        Matcher matcher = ASSUMPTION.matcher(assumption);
        if (assumption.length() > SHOWN || !matcher.matches()) {
            throw new Wrong("assumptions", assumption, "an assumption is like x > 0, x real, n integer");
        }
        @Nullable String sign = matcher.group("sign");
        for (String symbol : List.of(matcher.group("name").split(",", -1))) {
            String name = name(key("assumptions", symbol, names));
            if (name.isEmpty()) {
                throw new Wrong("assumptions", assumption, "an assumption is about a symbol, such as x > 0");
            }
            if (sign == null) {
                domains.merge(name, domain("assumptions", matcher.group("domain")), SymbolDomain::and);
            } else if (sign.equals(">")) {
                domains.merge(name, SymbolDomain.POSITIVE, SymbolDomain::and);
            } else if (sign.equals(">=") || sign.equals("≥")) {
                domains.merge(name, SymbolDomain.NONNEGATIVE, SymbolDomain::and);
            }
        }
    }
}
