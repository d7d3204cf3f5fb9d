package phifleet.equations;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import phifleet.equations.ValidationReport.Dimensions;
import phifleet.equations.ValidationReport.MatchedLaw;
import phifleet.equations.ValidationReport.SymbolMeaning;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Span;
import phifleet.equations.ast.Spelling;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.dimension.Conflict;
import phifleet.equations.dimension.Declarations;
import phifleet.equations.dimension.DimensionChecker;
import phifleet.equations.dimension.DimensionOutcome;
import phifleet.equations.dimension.SymbolDimension;
import phifleet.equations.law.ExchangedFunction;
import phifleet.equations.law.KnownLaw;
import phifleet.equations.law.KnownLaws;
import phifleet.equations.law.LawMatch;
import phifleet.equations.law.QuantityWords;
import phifleet.equations.number.Constants;
import phifleet.equations.units.Dimension;

/** Dimensions, and the laws they lead to. */
final class PhysicsStage {
    /** Likely enough to be believed nearly as much as the likeliest meanings, as a natural logarithm. */
    private static final double MIDDLE_GAP = 1.6;
    /** The basis of an agreement that rests on a name nobody knows. */
    static final String UNKNOWN_NAME = "convention/unknown";
    /** The basis of a mismatch by letters beside a number that may have lost its unit. */
    static final String MEASURED_NUMBER = "convention/number";
    /** Significant digits of a number that was measured. */
    private static final int MEASURED_DIGITS = 3;
    /** The basis of a mismatch by all that letters usually mean. */
    static final String NEVER = "convention/never";
    /** The same in the letters of a law, by which it is known what they mean. */
    private static final String SAME_LETTERS = "convention/kin";
    /** The basis of an agreement by meanings that letters seldom have. */
    static final String ODD = "convention/odd";

    /** A check of dimensions, with what it found by symbol, and for which symbols that can be relied on. */
    record Checked(Finding finding, Map<Symbol, Dimension> dimensions, Set<Symbol> vouched) {}

    private final Inquiry inquiry;

    PhysicsStage(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    Checked dimensions(Statement statement) {
        DimensionOutcome outcome =
                new DimensionChecker().check(statement, inquiry.declared.dimensions(), inquiry.budget);
        Map<Symbol, Dimension> found = new HashMap<>();
        Set<Symbol> vouched = new HashSet<>();
        for (SymbolDimension symbol : outcome.symbols()) {
            Dimension dimension = symbol.dimension();
            if (dimension != null) {
                found.put(symbol.symbol().plain(), dimension);
                if (symbol.vouched() || isCertain(outcome)) {
                    vouched.add(symbol.symbol().plain());
                }
            }
        }
        Finding judged = isDimensionless(statement, outcome) ? dimensionless() : finding(outcome);
        boolean unsure = judged.basis().startsWith("convention")
                && judged.verdict() == Verdict.DIMENSION_MISMATCH
                && hasMeasuredNumber(statement);
        return new Checked(unsure ? judged.rested(MEASURED_NUMBER) : judged, found, vouched);
    }

    /** Whether a number stands in it that may have lost its unit: {@code E = -13.6/n²}. */
    private static boolean hasMeasuredNumber(Statement statement) {
        return Trees.any(
                statement,
                node -> node instanceof Expr.Num(BigDecimal value)
                        && value.scale() > 0
                        && value.stripTrailingZeros().precision() >= MEASURED_DIGITS);
    }

    /** Whether nothing in it has or could have a unit: then that the dimensions agree says nothing. */
    private boolean isDimensionless(Statement statement, DimensionOutcome outcome) {
        return isCertain(outcome)
                && !Trees.any(statement, node -> node instanceof Expr.Quantity)
                && !inquiry.declared.hasUnits()
                && Trees.symbols(statement).isEmpty();
    }

    private Finding dimensionless() {
        inquiry.found("dimensions", "there are none");
        return Finding.of(Verdict.UNDETERMINED, "numbers", Explanations.dimensionless());
    }

    /** Whether what was given leaves each symbol but one dimension. */
    private static boolean isCertain(DimensionOutcome outcome) {
        return outcome instanceof DimensionOutcome.Consistent(var basis, var symbols, var gap, var warnings)
                && basis == DimensionOutcome.Basis.UNITS;
    }

    /** What an outcome says to whoever asked. */
    Finding finding(DimensionOutcome outcome) {
        return switch (outcome) {
            case DimensionOutcome.Consistent c -> {
                String basis = basis(c.basis());
                inquiry.found("dimensions", "consistent, by " + basis);
                c.warnings().forEach(warning -> inquiry.warn("dimensions", warning));
                yield Finding.of(
                                Verdict.DIMENSIONALLY_CONSISTENT,
                                isVacuous(c) ? UNKNOWN_NAME : key(c.basis(), c.priorGap()),
                                Explanations.consistent(c))
                        .with(new Dimensions(true, basis, meanings(c.symbols()), null, null, null));
            }
            case DimensionOutcome.Mismatch m -> {
                Conflict conflict = m.conflict();
                Span place = inquiry.parsed.places().near(conflict.where());
                String problem = Explanations.conflict(conflict);
                inquiry.found("dimensions", problem);
                String basis = basis(m.basis());
                yield Finding.of(Verdict.DIMENSION_MISMATCH, key(m.basis(), m.priorGap()), Explanations.mismatch(m))
                        .with(new Dimensions(
                                false,
                                basis,
                                meanings(m.symbols()),
                                problem,
                                place == null ? null : place.start(),
                                place == null ? null : place.length()));
            }
            case DimensionOutcome.Undetermined(String reason, List<SymbolDimension> symbols) -> {
                inquiry.found("dimensions", "undecided: " + reason);
                yield Finding.of(Verdict.UNDETERMINED, "dimensions", Explanations.undecided(reason))
                        .with(new Dimensions(
                                null,
                                inquiry.declared.hasUnits() ? "units" : "convention",
                                meanings(symbols),
                                reason,
                                null,
                                null));
            }
        };
    }

    /** Whether a name that nobody knows takes whatever dimension is needed, so that nothing could fail. */
    private static boolean isVacuous(DimensionOutcome.Consistent outcome) {
        return outcome.basis() == DimensionOutcome.Basis.CONVENTION
                && outcome.symbols().stream()
                        .anyMatch(s -> s.symbol().base().length() > 1
                                && s.meaning().isEmpty()
                                && s.source() == SymbolDimension.Source.SOLVED
                                && s.dimension() != null
                                && !s.dimension().isNone());
    }

    private static String basis(DimensionOutcome.Basis basis) {
        return basis.name().toLowerCase(Locale.ROOT);
    }

    /** What the confidence depends on: whose dimensions, and how unusual the meanings are. */
    private static String key(DimensionOutcome.Basis basis, double gap) {
        if (basis == DimensionOutcome.Basis.UNITS) {
            return "units";
        }
        return Double.isInfinite(gap)
                ? NEVER
                : gap <= 0 ? "convention/usual" : gap < MIDDLE_GAP ? "convention/common" : ODD;
    }

    private static List<SymbolMeaning> meanings(List<SymbolDimension> symbols) {
        return symbols.stream()
                .map(s -> {
                    Dimension dimension = s.dimension();
                    return new SymbolMeaning(
                            s.symbol().plain().name(),
                            dimension == null ? "?" : dimension.toString(),
                            s.unit(),
                            s.meaning(),
                            s.source().name().toLowerCase(Locale.ROOT));
                })
                .toList();
    }

    /** The law that the equation is, or nearly is where its dimensions are right. */
    Optional<Finding> law(Relation relation, Checked checked) {
        if (checked.finding().verdict() == Verdict.DIMENSION_MISMATCH) {
            return inquiry.declared.hasUnits() ? Optional.empty() : byItsOwnLetters(relation);
        }
        return law(relation, checked, match(relation, checked))
                .or(() -> otherFunction(relation, checked).flatMap(match -> law(relation, checked, match)));
    }

    /** A law in the very same letters that has another function of its angles. */
    private Optional<LawMatch> otherFunction(Relation relation, Checked checked) {
        for (ExchangedFunction exchanged : ExchangedFunction.of(relation)) {
            if (match(exchanged.relation(), checked) instanceof LawMatch.Same(var law, Map<String, String> names)
                    && names.entrySet().stream()
                            .allMatch(name -> ExchangedFunction.isKept(name.getKey(), name.getValue()))) {
                String detail = "has " + exchanged.other().spelling() + ", not "
                        + exchanged.written().spelling();
                return Optional.of(new LawMatch.Differs(law, LawMatch.Difference.FUNCTION, detail));
            }
        }
        return Optional.empty();
    }

    /** A law to the letter, of which a letter means there what it seldom does: {@code C = π d}. */
    private Optional<Finding> byItsOwnLetters(Relation relation) {
        Set<String> names = letters(relation);
        for (KnownLaw law : KnownLaws.standard().inLetters(names)) {
            Map<Symbol, Dimension> bySymbol = law.dimensions();
            DimensionOutcome outcome =
                    new DimensionChecker().check(relation, Declarations.of(bySymbol), inquiry.budget);
            if (outcome instanceof DimensionOutcome.Consistent consistent) {
                Finding agreeing = Finding.of(Verdict.DIMENSIONALLY_CONSISTENT, "convention/common", "")
                        .with(new Dimensions(
                                true,
                                "convention",
                                meanings(consistent.symbols().stream()
                                        .map(PhysicsStage::byConvention)
                                        .toList()),
                                null,
                                null,
                                null));
                Checked own = new Checked(agreeing, bySymbol, bySymbol.keySet());
                if (match(relation, own) instanceof LawMatch.Same same) {
                    return law(relation, own, same);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> law(Relation relation, Checked checked, LawMatch match) {
        return switch (match) {
            case LawMatch.Same(var law, Map<String, String> names) -> {
                inquiry.found("law", "equals " + law.name() + ": " + law.equation());
                yield Optional.of(Finding.of(Verdict.KNOWN_LAW, basisOf(checked), Explanations.knownLaw(law, names))
                        .with(checked.finding().dimensions())
                        .with(new MatchedLaw(law.id(), law.name(), law.equation(), names, "")));
            }
            case LawMatch.Differs(var law, LawMatch.Difference difference, String _)
            when difference == LawMatch.Difference.SIGN && isOfArrows(relation) && !isOfProducts(law.statement()) ->
                Optional.empty();
            case LawMatch.Differs(var law, LawMatch.Difference difference, String detail) -> {
                inquiry.found("law", law.name() + " " + detail);
                String found = "expected " + law.equation() + ", found " + Spelling.of(Shape.of(relation));
                yield Optional.of(Finding.of(
                                Verdict.DIFFERS_FROM_KNOWN_LAW,
                                basisOf(checked) + "/" + difference.name().toLowerCase(Locale.ROOT),
                                Explanations.differs(law, difference, found))
                        .with(checked.finding().dimensions())
                        .with(new MatchedLaw(law.id(), law.name(), law.equation(), Map.of(), found)));
            }
            case LawMatch.None() -> Optional.empty();
        };
    }

    /** The names of its symbols, but for Euler's number. */
    Set<String> letters(Relation relation) {
        return Trees.symbols(Constants.euler(relation, inquiry.declared.symbols())).stream()
                .map(symbol -> symbol.plain().name())
                .collect(Collectors.toSet());
    }

    /** With arrows a sign tells a direction, of which a law of sizes says nothing: {@code F = -G m M r/r³}. */
    private static boolean isOfArrows(Relation relation) {
        return Trees.symbols(relation).stream().anyMatch(Symbol::vector);
    }

    private static boolean isOfProducts(Relation relation) {
        return Trees.any(relation, node -> node instanceof Expr.VectorProduct || node instanceof Expr.Nabla);
    }

    private String basisOf(Checked checked) {
        Dimensions dimensions = checked.finding().dimensions();
        return dimensions == null ? "units" : dimensions.basis();
    }

    /** A mismatch, with the law it misses where there is one close; surer by letters where a law has the same. */
    Finding nearLaw(Relation relation, Checked checked) {
        Finding mismatch = checked.finding();
        Finding found = mismatch.basis().equals(NEVER) && hasKin(relation) ? mismatch.rested(SAME_LETTERS) : mismatch;
        if (match(relation, checked) instanceof LawMatch.Differs(var law, var difference, String detail)) {
            String near = law.name() + " " + detail;
            return found.with(new MatchedLaw(law.id(), law.name(), law.equation(), Map.of(), near))
                    .explained(Explanations.near(law, detail));
        }
        return found;
    }

    /** Whether a law of the table has its letters, but perhaps for the one that it tells: then it tells what they mean. */
    private boolean hasKin(Relation relation) {
        Relation read = (Relation) Constants.euler(relation, inquiry.declared.symbols());
        return !KnownLaws.standard().kin(read, inquiry.budget).isEmpty();
    }

    static SymbolDimension byConvention(SymbolDimension s) {
        return new SymbolDimension(
                s.symbol(), s.dimension(), s.unit(), s.meaning(), SymbolDimension.Source.CONVENTION, s.vouched());
    }

    private LawMatch match(Relation relation, Checked checked) {
        if (!relation.isEquation()) {
            return new LawMatch.None();
        }
        Relation read = (Relation) Constants.euler(relation, inquiry.declared.symbols());
        QuantityWords words = QuantityWords.of(read);
        return words.inWords(KnownLaws.standard()
                .match(
                        words.relation(),
                        words.inLetters(checked.dimensions()),
                        words.inLetters(checked.vouched()),
                        inquiry.declared.hasUnits(),
                        inquiry.budget));
    }
}
