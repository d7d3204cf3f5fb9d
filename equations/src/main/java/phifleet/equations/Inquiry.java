package phifleet.equations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import phifleet.equations.ast.Statement;
import phifleet.equations.budget.Budget;
import phifleet.equations.grammar.ParseResult;
import phifleet.equations.grammar.parser.Primes;
import phifleet.equations.grammar.token.Warning;
import phifleet.equations.identity.Assumption;
import phifleet.equations.number.CommonDivisors;
import phifleet.equations.number.Constants;
import phifleet.equations.solve.Allowed;
import phifleet.equations.solve.Conditions;

/** One request on its way: what was read, what may be spent, what was found so far. Used by one thread. */
final class Inquiry {
    final ValidationRequest request;
    final Declared declared;
    final ParseResult.Parsed parsed;
    final Budget budget;
    private final List<ValidationReport.Evidence> evidence = new ArrayList<>();
    private final List<ValidationReport.Reading> readings = new ArrayList<>();
    private final List<ValidationReport.Part> parts = new ArrayList<>();
    private final Map<String, Conditions.Condition> conditions = new HashMap<>();
    private final List<Warning> warnings;

    Inquiry(ValidationRequest request, Declared declared, ParseResult.Parsed parsed, Budget budget) {
        this.request = request;
        this.declared = declared;
        this.parsed = parsed;
        this.budget = budget;
        this.warnings = new ArrayList<>(parsed.warnings());
    }

    /** What was written, with the letters that are constants here as constants. */
    Statement statement() {
        Statement differentiated = Primes.differentiated(parsed.statement());
        return CommonDivisors.evaluated(
                Constants.golden(differentiated, request.mode() == Mode.GOLDEN, declared.symbols()));
    }

    Map<String, Assumption> assumptions() {
        return declared.domains().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().assumption()));
    }

    /** What values symbols take: by their domains, and by conditions in the text. */
    Map<String, Allowed> allowed() {
        Map<String, Allowed> all = new HashMap<>();
        declared.domains().forEach((name, domain) -> all.put(name, Allowed.of(domain.assumption())));
        conditions.forEach((name, condition) -> all.put(name, condition.of(all.getOrDefault(name, Allowed.ANY))));
        return all;
    }

    /** Notes what a text says beside its equations. */
    void allow(Map<String, Conditions.Condition> said) {
        conditions.putAll(said);
    }

    void found(String kind, String detail) {
        evidence.add(new ValidationReport.Evidence(kind, detail));
    }

    void warn(String code, String message) {
        warnings.add(new Warning(code, message, 0, 0));
    }

    /** Notes what was found of one of several equations. */
    void part(String normalized, Finding finding) {
        parts.add(new ValidationReport.Part(
                normalized,
                finding.verdict().valid(),
                Calibration.standard().confidence(finding.verdict(), finding.basis()),
                finding.verdict(),
                finding.explanation()));
    }

    /** Notes another reading that was judged on the way. */
    void reading(ValidationReport.Reading reading) {
        readings.add(reading);
    }

    List<ValidationReport.Reading> readings() {
        return readings;
    }

    List<ValidationReport.Part> parts() {
        return parts;
    }

    List<ValidationReport.Evidence> evidence() {
        return evidence;
    }

    List<Warning> warnings() {
        return warnings;
    }
}
