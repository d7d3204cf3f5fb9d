package phifleet.equations;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Spelling;
import phifleet.equations.budget.Budget;
import phifleet.equations.grammar.EquationParser;
import phifleet.equations.grammar.ParseOptions;
import phifleet.equations.grammar.ParseResult;
import phifleet.equations.grammar.token.Ambiguity;

/**
 * Judges the readings that are near to the one that was taken. Where they agree in {@code valid}, nothing changes; where they
 * do not, an answer is only as sure as the choice between them.
 */
final class Readings {
    /** Steps for one other reading. */
    private static final long STEPS = 500_000;

    private final Inquiry inquiry;

    Readings(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    /** All readings, the taken one first; empty where there is one only. */
    List<ValidationReport.Reading> beside(Finding taken, String normalized) {
        List<ValidationReport.Reading> others = new ArrayList<>(inquiry.readings());
        StringBuilder how = new StringBuilder();
        for (Ambiguity ambiguity : inquiry.parsed.ambiguities()) {
            // Of initials nothing but a product that cannot be tells.
            boolean decided = ambiguity == Ambiguity.INITIALS || (ambiguity.isBySense() && isSettled(taken.verdict()));
            ValidationReport.Reading other = decided ? null : other(ambiguity, normalized);
            if (other != null) {
                others.add(other);
                how.append(how.isEmpty() ? "" : "; ").append(ambiguity.first());
            }
        }
        if (others.isEmpty()) {
            return List.of();
        }
        List<ValidationReport.Reading> all = new ArrayList<>();
        all.add(reading(how.isEmpty() ? "as it stands" : how.toString(), normalized, taken, true));
        all.addAll(others);
        return all;
    }

    /**
     * The inquiry into another reading, where the spelling tells little and that one is an identity or a known law while the taken one is
     * not: so it was meant.
     */
    Optional<Inquiry> meant(Finding taken, String normalized) {
        if (isSettled(taken.verdict())) {
            return Optional.empty();
        }
        for (Ambiguity ambiguity : inquiry.parsed.ambiguities()) {
            ValidationReport.Reading other = ambiguity.isBySense() ? other(ambiguity, normalized) : null;
            boolean decimal = ambiguity == Ambiguity.LOG_BASE
                    && taken.verdict() == Verdict.NOT_IDENTITY
                    && other != null
                    && other.valid();
            // An equation that by one base is all but an identity asks for no value by the other.
            boolean claims = ambiguity == Ambiguity.LOG_BASE
                    && taken.basis().equals(Unknowns.PERHAPS)
                    && other != null
                    && other.verdict() == Verdict.NOT_IDENTITY;
            boolean initials = ambiguity == Ambiguity.INITIALS
                    && taken.basis().equals(PhysicsStage.NEVER)
                    && other != null
                    && other.verdict() == Verdict.DIMENSIONALLY_CONSISTENT;
            if (other != null && (decimal || claims || initials || isSettled(other.verdict()))) {
                Optional<Inquiry> second = inquiry(ambiguity, inquiry.budget);
                second.ifPresent(meant -> {
                    meant.reading(reading(ambiguity.first(), normalized, taken, false));
                    meant.warn(
                            "reading",
                            "It is read so: " + ambiguity.other()
                                    + (claims
                                            ? "; for so it is all but an identity."
                                            : initials ? "; for so its dimensions can agree." : "; for so it holds."));
                });
                return second;
            }
        }
        return Optional.empty();
    }

    private static boolean isSettled(Verdict verdict) {
        return switch (verdict) {
            case IDENTITY_PROVED, IDENTITY_NUMERIC, KNOWN_LAW -> true;
            default -> false;
        };
    }

    private ValidationReport.@Nullable Reading other(Ambiguity ambiguity, String normalized) {
        Budget budget = inquiry.budget.part(STEPS);
        try {
            Inquiry second = inquiry(ambiguity, budget).orElse(null);
            String spelled = second == null ? normalized : Spelling.of(Shape.of(second.parsed.statement()));
            return second == null || spelled.equals(normalized)
                    ? null
                    : reading(ambiguity.other(), spelled, new Judge(second).judge(), false);
        } catch (Budget.Spent spent) {
            return null;
        }
    }

    private Optional<Inquiry> inquiry(Ambiguity ambiguity, Budget budget) {
        ParseOptions options = Declared.options(inquiry.request.format(), inquiry.declared.names())
                .otherwise(ambiguity);
        return EquationParser.parse(inquiry.request.equation(), options, budget) instanceof ParseResult.Parsed parsed
                ? Optional.of(new Inquiry(inquiry.request, inquiry.declared, parsed, budget))
                : Optional.empty();
    }

    static ValidationReport.Reading reading(String how, String normalized, Finding finding, boolean taken) {
        double confidence = Calibration.standard().confidence(finding.verdict(), finding.basis());
        return new ValidationReport.Reading(
                how, normalized, finding.verdict().valid(), confidence, finding.verdict(), taken);
    }

    /** How sure an answer is that alone would be sure by {@code alone}. */
    static double confidence(List<ValidationReport.Reading> readings, double alone) {
        boolean differ =
                readings.stream().anyMatch(r -> r.valid() != readings.getFirst().valid());
        if (!differ) {
            return alone;
        }
        double taken = Calibration.standard().choice(readings.getFirst().valid());
        return Math.min(alone, taken * alone + (1 - taken) * (1 - alone));
    }
}
