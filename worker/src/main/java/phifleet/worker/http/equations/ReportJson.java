package phifleet.worker.http.equations;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ValidationReport;
import phifleet.equations.grammar.Warning;
import phifleet.http.json.JsonOutput;

/** A report of the validator as JSON. What there is none of is null or an empty list, so that every report has every field. */
final class ReportJson {
    private ReportJson() {}

    static void write(ValidationReport report, JsonOutput out) {
        out.raw("{\"valid\":").raw(Boolean.toString(report.valid()));
        out.raw(",\"confidence\":").number(report.confidence());
        out.raw(",\"betti\":");
        integers(report.betti(), out);
        out.raw(",\"chi\":").number(report.chi());
        out.raw(",\"phi_coherence\":").number(report.phiCoherence());
        out.raw(",\"explanation\":").string(report.explanation());
        out.raw(",\"processing_time_ms\":").number(report.processingTimeMs());
        out.raw(",\"verdict\":").string(report.verdict().text());
        out.raw(",\"normalized\":").string(report.normalized());
        out.raw(",\"latex\":").string(report.latex());
        evidence(report.evidence(), out);
        dimensions(report.dimensions(), out);
        counterexample(report.counterexample(), out);
        matchedLaw(report.matchedLaw(), out);
        solutions(report.solutions(), out);
        out.raw(",\"betti_higher\":");
        integers(report.bettiHigher(), out);
        out.raw(",\"loops\":").number(report.loops());
        terms(report.terms(), out);
        readings(report.readings(), out);
        parts(report.parts(), out);
        warnings(report.warnings(), out);
        out.raw('}');
    }

    private static void integers(List<Integer> values, JsonOutput out) {
        out.raw('[');
        String comma = "";
        for (int value : values) {
            out.raw(comma).number(value);
            comma = ",";
        }
        out.raw(']');
    }

    private static void terms(List<List<String>> terms, JsonOutput out) {
        out.raw(",\"terms\":[");
        String comma = "";
        for (List<String> term : terms) {
            out.raw(comma).raw('[');
            String between = "";
            for (String symbol : term) {
                out.raw(between).string(symbol);
                between = ",";
            }
            out.raw(']');
            comma = ",";
        }
        out.raw(']');
    }

    private static void evidence(List<ValidationReport.Evidence> evidence, JsonOutput out) {
        out.raw(",\"evidence\":[");
        String comma = "";
        for (ValidationReport.Evidence each : evidence) {
            out.raw(comma).raw("{\"kind\":").string(each.kind());
            out.raw(",\"detail\":").string(each.detail()).raw('}');
            comma = ",";
        }
        out.raw(']');
    }

    private static void dimensions(ValidationReport.@Nullable Dimensions dimensions, JsonOutput out) {
        out.raw(",\"dimensions\":");
        if (dimensions == null) {
            out.raw("null");
            return;
        }
        out.raw("{\"consistent\":").raw(String.valueOf(dimensions.consistent()));
        out.raw(",\"basis\":").string(dimensions.basis());
        out.raw(",\"per_symbol\":[");
        String comma = "";
        for (ValidationReport.SymbolMeaning symbol : dimensions.perSymbol()) {
            out.raw(comma).raw("{\"name\":").string(symbol.name());
            out.raw(",\"dimension\":").string(symbol.dimension());
            out.raw(",\"unit\":").string(symbol.unit());
            out.raw(",\"meaning\":").string(symbol.meaning());
            out.raw(",\"source\":").string(symbol.source()).raw('}');
            comma = ",";
        }
        out.raw("],\"problem\":").optional(dimensions.problem());
        out.raw(",\"position\":").raw(String.valueOf(dimensions.position()));
        out.raw(",\"length\":").raw(String.valueOf(dimensions.length())).raw('}');
    }

    private static void counterexample(ValidationReport.@Nullable CounterexamplePoint point, JsonOutput out) {
        out.raw(",\"counterexample\":");
        if (point == null) {
            out.raw("null");
            return;
        }
        out.raw("{\"values\":");
        texts(point.values(), out);
        out.raw(",\"left\":").string(point.left());
        out.raw(",\"right\":").string(point.right());
        out.raw(",\"difference\":").string(point.difference());
        out.raw(",\"digits\":").number(point.digits()).raw('}');
    }

    private static void matchedLaw(ValidationReport.@Nullable MatchedLaw law, JsonOutput out) {
        out.raw(",\"matched_law\":");
        if (law == null) {
            out.raw("null");
            return;
        }
        out.raw("{\"id\":").string(law.id());
        out.raw(",\"name\":").string(law.name());
        out.raw(",\"formula\":").string(law.formula());
        out.raw(",\"symbols\":");
        texts(law.symbols(), out);
        out.raw(",\"difference\":").string(law.difference()).raw('}');
    }

    private static void texts(Map<String, String> texts, JsonOutput out) {
        out.raw('{');
        String comma = "";
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            out.raw(comma).string(entry.getKey()).raw(':').string(entry.getValue());
            comma = ",";
        }
        out.raw('}');
    }

    private static void solutions(List<ValidationReport.Solution> solutions, JsonOutput out) {
        out.raw(",\"solutions\":[");
        String comma = "";
        for (ValidationReport.Solution solution : solutions) {
            out.raw(comma).raw("{\"variable\":").string(solution.variable());
            out.raw(",\"value\":").string(solution.value());
            out.raw(",\"exact\":").raw(Boolean.toString(solution.exact())).raw('}');
            comma = ",";
        }
        out.raw(']');
    }

    private static void readings(List<ValidationReport.Reading> readings, JsonOutput out) {
        out.raw(",\"readings\":[");
        String comma = "";
        for (ValidationReport.Reading reading : readings) {
            out.raw(comma).raw("{\"how\":").string(reading.how());
            out.raw(",\"normalized\":").string(reading.normalized());
            out.raw(",\"valid\":").raw(Boolean.toString(reading.valid()));
            out.raw(",\"confidence\":").number(reading.confidence());
            out.raw(",\"verdict\":").string(reading.verdict().text());
            out.raw(",\"taken\":").raw(Boolean.toString(reading.taken())).raw('}');
            comma = ",";
        }
        out.raw(']');
    }

    private static void parts(List<ValidationReport.Part> parts, JsonOutput out) {
        out.raw(",\"parts\":[");
        String comma = "";
        for (ValidationReport.Part part : parts) {
            out.raw(comma).raw("{\"normalized\":").string(part.normalized());
            out.raw(",\"valid\":").raw(Boolean.toString(part.valid()));
            out.raw(",\"confidence\":").number(part.confidence());
            out.raw(",\"verdict\":").string(part.verdict().text());
            out.raw(",\"explanation\":").string(part.explanation()).raw('}');
            comma = ",";
        }
        out.raw(']');
    }

    private static void warnings(List<Warning> warnings, JsonOutput out) {
        out.raw(",\"warnings\":[");
        String comma = "";
        for (Warning warning : warnings) {
            out.raw(comma).raw("{\"code\":").string(warning.code());
            out.raw(",\"message\":").string(warning.message());
            out.raw(",\"position\":").number(warning.position());
            out.raw(",\"length\":").number(warning.length()).raw('}');
            comma = ",";
        }
        out.raw(']');
    }
}
