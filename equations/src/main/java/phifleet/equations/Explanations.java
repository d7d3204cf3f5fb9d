package phifleet.equations;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Spelling;
import phifleet.equations.ast.Statement.Operator;
import phifleet.equations.dimension.Conflict;
import phifleet.equations.dimension.DimensionOutcome;
import phifleet.equations.dimension.SymbolDimension;
import phifleet.equations.identity.Counterexample;
import phifleet.equations.law.KnownLaw;
import phifleet.equations.law.LawMatch;
import phifleet.equations.solve.SolveOutcome;

/** What the verdicts mean, in sentences for a student. */
final class Explanations {
    /** Symbols named in one sentence, at most. */
    private static final int NAMED = 6;

    private Explanations() {}

    static String wellFormed(Mode mode) {
        return mode == Mode.SIGNATURE
                ? "The signs were counted as the first design did; whether the equation is true was not asked."
                : "The text is a well-formed equation; whether it is true was not asked.";
    }

    static String spent() {
        return "The time or work allowed for this equation was spent before it could be decided. A larger timeout_ms may help.";
    }

    static String bare() {
        return "This is an expression without a relation such as “=”, so there is nothing that could be true or false.";
    }

    static String proved(List<String> names) {
        return names.isEmpty()
                ? "Both sides are exactly the same number."
                : "Both sides have the same exact normal form, so the equation holds for all values of " + list(names)
                        + " for which both sides are defined. This is a proof.";
    }

    static String agreed(List<String> names, int points) {
        return names.isEmpty()
                ? "Both sides were calculated with many digits and agree in all of them. That is strong evidence, but no proof."
                : "The two sides agree at " + points + " random points for " + list(names)
                        + ", each time to within the rounding error of the calculation, and with many digits at some of them."
                        + " A false identity would almost surely have shown a difference, but this is no proof.";
    }

    static String bounded(List<String> names, int points) {
        return (names.isEmpty()
                        ? "Both sides were calculated between bounds, which meet and are narrow."
                        : "Both sides were calculated between bounds at " + points + " points for " + list(names)
                                + "; each time the bounds meet and are narrow.")
                + " That is strong evidence, but no proof.";
    }

    static String undefined(String why) {
        return "The equation cannot hold: " + why + ".";
    }

    static String dimensionless() {
        return "There are no units in it, so dimensions say nothing, and whether it is true could not be told.";
    }

    static String onDomain(String domain, boolean proved, int points, Counterexample outside) {
        return "The equation is true only where " + domain
                + (proved ? " (there it is proved)." : " (there it held at " + points + " points).")
                + " Elsewhere it can fail: " + at(outside) + ".";
    }

    static String refuted(Counterexample counterexample) {
        return "The two sides are not equal: " + at(counterexample) + ". This was checked with "
                + counterexample.digits() + " digits; one such point is enough to refute an identity.";
    }

    private static String at(Counterexample c) {
        String where = c.values().isEmpty()
                ? "calculated,"
                : "at "
                        + c.values().entrySet().stream()
                                .map(e -> e.getKey() + " = " + e.getValue())
                                .collect(Collectors.joining(", "));
        return where + " the left side is " + brief(c.left()) + " and the right side is " + brief(c.right());
    }

    private static String brief(String number) {
        return number.length() <= 14 || number.indexOf('i') >= 0 || number.indexOf('E') >= 0
                ? number
                : number.substring(0, 14) + "…";
    }

    static String undecided(String reason) {
        return "It could not be decided: " + reason + ".";
    }

    static String relation(Operator operator) {
        return switch (operator) {
            case PROPORTIONAL ->
                "“∝” says that the sides are equal up to an unknown factor, which no calculation can refute.";
            case TENDS_TO -> "“→” says where something tends to; that was not judged.";
            default ->
                "Whether “" + operator.sign() + "” holds depends on the values of the symbols; it was not judged.";
        };
    }

    static String consistent(DimensionOutcome.Consistent outcome) {
        String found = "With the units given, the dimensions agree everywhere.";
        if (outcome.basis() != DimensionOutcome.Basis.UNITS) {
            String meanings = meanings(outcome.symbols());
            found = meanings.isEmpty()
                    ? "Nothing says what its letters mean; there are dimensions for them with which the sides agree."
                    : "The dimensions agree if the letters mean what they usually do: " + meanings + ".";
        }
        return found + " Dimensions cannot show a wrong number or a wrong sign, so this does not prove the equation.";
    }

    static String mismatch(DimensionOutcome.Mismatch outcome) {
        String assumed = outcome.basis() == DimensionOutcome.Basis.UNITS
                ? ""
                : " This takes the letters for what they usually mean: " + meanings(outcome.symbols())
                        + "; give units in “variables” if they mean something else.";
        return conflict(outcome.conflict()) + " So the equation cannot be right." + assumed;
    }

    static String conflict(Conflict conflict) {
        String where = "“" + Spelling.of(Shape.of(conflict.where())) + "” has the dimension of " + conflict.found();
        String expected = conflict.against() == null
                ? " where " + conflict.expected() + " is needed"
                : ", and “" + Spelling.of(Shape.of(conflict.against())) + "” that of " + conflict.expected();
        return where + expected + ", but " + conflict.rule().text() + ".";
    }

    private static String meanings(List<SymbolDimension> symbols) {
        List<String> parts = symbols.stream()
                .filter(s -> !s.meaning().isEmpty() || !s.unit().equals("?"))
                .map(s -> s.symbol().plain().name() + (s.meaning().isEmpty() ? "" : " as " + s.meaning()) + " in "
                        + s.unit())
                .toList();
        return list(parts);
    }

    static String knownLaw(KnownLaw law, Map<String, String> names) {
        String renamed = names.entrySet().stream()
                .filter(e -> !e.getKey().equals(e.getValue()))
                .map(e -> e.getKey() + " for " + e.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
        String note = law.note().isEmpty() ? "" : " " + law.note();
        return "This is a known law, " + law.name() + ": " + law.equation() + "."
                + (renamed.isEmpty() ? "" : " It is written here with " + renamed + ".") + note;
    }

    /** {@code comparison} is what was expected and what was found. */
    static String differs(KnownLaw law, LawMatch.Difference difference, String comparison) {
        String kind = switch (difference) {
            case FACTOR -> "a number";
            case SIGN -> "a sign";
            case EXPONENT -> "an exponent";
            case FUNCTION -> "a function";
        };
        return "The dimensions agree, but the known law " + law.name() + " differs in " + kind + ": " + comparison
                + ".";
    }

    static String holds(String how, int points) {
        return points == 0
                ? "It holds: " + how + "."
                : "It held at all of " + points + " points that were tried (" + how + "). That is no proof.";
    }

    static String fails(String left, String right, String why) {
        return "It does not hold: the left side is " + brief(left) + " and the right side is " + brief(right) + " ("
                + why + ").";
    }

    static String rounded(String value) {
        return "It holds to the digits that are written: the number is rounded, of " + brief(value) + ".";
    }

    static String values(SolveOutcome.Values values) {
        String put = "; put back, they leave a relative difference of at most "
                + String.format(Locale.ROOT, "%.1e", values.residual()) + ".";
        return "This is an equation to be solved, not an identity: it holds for " + values.symbol() + " = "
                + String.join(", ", values.values()) + "; " + values.others()
                + switch (values.certainty()) {
                    case EXACT -> ".";
                    case PROVED -> ". Each is proved to be one, though its decimals are rounded" + put;
                    case SEEN -> ". The values are rounded" + put;
                };
    }

    static String notForAll(String where) {
        return "It is said of all values. " + where;
    }

    static String isolated(String symbol, String expression) {
        return "It holds for exactly those values that satisfy " + symbol + " = " + expression + ".";
    }

    static String heldOn(String domain, int points) {
        return "It holds only where " + domain + ", as " + points + " points show.";
    }

    static String unsolvable(String why) {
        return "No values make this equation true: " + why + ".";
    }

    static String numbers() {
        return "The letters look like plain numbers, so dimensions say nothing, and for which values it holds could not be told.";
    }

    static String near(KnownLaw law, String detail) {
        return "Perhaps the law " + law.name() + " is meant, " + law.equation() + "; it " + detail + ".";
    }

    static String together(KnownLaw law) {
        return "These letters stand together in a law, " + law.name() + ": " + law.equation() + ".";
    }

    /** {@code names} are all symbols of the law but the constant. */
    static String missing(KnownLaw law, Set<String> names) {
        String constant = law.units().keySet().stream()
                .map(Expr.Symbol::name)
                .filter(name -> !names.contains(name))
                .collect(Collectors.joining(", "));
        return "Perhaps " + constant + " is missing: these letters stand with it in a law, " + law.name() + ": "
                + law.equation() + ".";
    }

    static String balanced(SortedMap<String, BigInteger> atoms) {
        return "This is a chemical reaction, and it is balanced: both sides hold "
                + atoms.entrySet().stream()
                        .filter(e -> !e.getKey().equals("charge"))
                        .map(e -> e.getValue() + " " + e.getKey())
                        .collect(Collectors.joining(", "))
                + ", and the charge is the same.";
    }

    static String balancedNuclei(SortedMap<String, BigInteger> counted) {
        return "This is a reaction of nuclei, and it is balanced: both sides hold "
                + counted.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue())
                        .collect(Collectors.joining(", "))
                + ". Whether it happens is another question.";
    }

    static String unbalanced(List<String> wrong, boolean nuclear) {
        return "This is a " + (nuclear ? "reaction of nuclei" : "chemical reaction") + ", and it is not balanced: "
                + String.join("; ", wrong) + ".";
    }

    private static String list(List<String> parts) {
        return parts.size() <= NAMED
                ? String.join(", ", parts)
                : String.join(", ", parts.subList(0, NAMED)) + " and " + (parts.size() - NAMED) + " more";
    }
}
