package phifleet.equations.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ValidationOutcome;
import phifleet.equations.ValidationReport;
import phifleet.equations.ValidationRequest;
import phifleet.equations.Validator;
import phifleet.equations.Variable;
import phifleet.equations.Verdict;

/**
 * One equation with what was said of it.
 *
 * @param truth whether it is right
 * @param weight how much it counts beside the others
 * @param group what it came from, so that tuning and testing can be kept apart
 */
record Judged(
        String equation,
        boolean truth,
        double weight,
        String group,
        @Nullable ValidationReport report,
        String problem) {

    static Judged of(ValidationRequest request, boolean truth, double weight, String group) {
        return switch (Validator.standard().validate(request)) {
            case ValidationOutcome.Judged(ValidationReport report) ->
                new Judged(request.equation(), truth, weight, group, report, "");
            case ValidationOutcome.Malformed(var problem) ->
                new Judged(request.equation(), truth, weight, group, null, problem.toString());
            case ValidationOutcome.Invalid invalid ->
                new Judged(request.equation(), truth, weight, group, null, invalid.toString());
        };
    }

    /** All symbols of the law with their units. */
    static ValidationRequest withUnits(String equation, Rows.Law law) {
        Map<String, Variable> variables = new LinkedHashMap<>();
        law.symbols().forEach((name, symbol) -> {
            if (!Character.isDigit(name.charAt(0))) {
                variables.put(name, Variable.ofUnit(symbol.unit()));
            }
        });
        return ValidationRequest.of(equation).withVariables(variables);
    }

    Judged weighed(double factor) {
        return new Judged(equation, truth, weight * factor, group, report, problem);
    }

    boolean isRead() {
        return report != null;
    }

    boolean accepted() {
        return report != null && report.valid();
    }

    /** Whether the verdict is right; one that is true for some values only is, where it shows a point at which it fails. */
    boolean right() {
        if (report == null) {
            return false;
        }
        boolean shown = report.verdict() == Verdict.CONDITIONAL && report.counterexample() != null;
        return shown || report.valid() == truth;
    }

    String verdict() {
        return report == null ? "malformed" : report.verdict().text();
    }

    double confidence() {
        return report == null ? 0 : report.confidence();
    }

    /** The row of the calibration table that the confidence is from. */
    String key() {
        return report == null
                ? ""
                : report.evidence().stream()
                        .filter(e -> e.kind().equals("calibration"))
                        .map(ValidationReport.Evidence::detail)
                        .findFirst()
                        .orElse("");
    }
}
