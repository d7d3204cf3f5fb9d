package phifleet.worker.http.equations;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ValidationReport;
import phifleet.equations.grammar.token.Warning;
import phifleet.http.json.JsonOutput;

/** A report of the validator as JSON. What there is none of is null or an empty list, so that every report has every field. */
final class ValidationJson {
    private ValidationJson() {}

    static void write(ValidationReport report, JsonOutput out) {
        out.beginObject().member("valid").flag(report.valid());
        out.member("confidence").number(report.confidence());
        out.member("betti").integers(report.betti());
        out.member("chi").number(report.chi());
        out.member("phi_coherence").number(report.phiCoherence());
        out.member("explanation").string(report.explanation());
        out.member("processing_time_ms").number(report.processingTimeMs());
        out.member("verdict").string(report.verdict().text());
        out.member("normalized").string(report.normalized());
        out.member("latex").string(report.latex());
        evidence(report.evidence(), out);
        dimensions(report.dimensions(), out);
        counterexample(report.counterexample(), out);
        matchedLaw(report.matchedLaw(), out);
        solutions(report.solutions(), out);
        out.member("betti_higher").integers(report.bettiHigher());
        out.member("loops").number(report.loops());
        terms(report.terms(), out);
        readings(report.readings(), out);
        parts(report.parts(), out);
        warnings(report.warnings(), out);
        out.endObject();
    }

    private static void terms(List<List<String>> terms, JsonOutput out) {
        out.member("terms").beginList();
        terms.forEach(out::strings);
        out.endList();
    }

    private static void evidence(List<ValidationReport.Evidence> evidence, JsonOutput out) {
        out.member("evidence").beginList();
        for (ValidationReport.Evidence each : evidence) {
            out.beginObject().member("kind").string(each.kind());
            out.member("detail").string(each.detail()).endObject();
        }
        out.endList();
    }

    private static void dimensions(ValidationReport.@Nullable Dimensions dimensions, JsonOutput out) {
        out.member("dimensions");
        if (dimensions == null) {
            out.none();
            return;
        }
        out.beginObject().member("consistent").optional(dimensions.consistent());
        out.member("basis").string(dimensions.basis());
        out.member("per_symbol").beginList();
        for (ValidationReport.SymbolMeaning symbol : dimensions.perSymbol()) {
            out.beginObject().member("name").string(symbol.name());
            out.member("dimension").string(symbol.dimension());
            out.member("unit").string(symbol.unit());
            out.member("meaning").string(symbol.meaning());
            out.member("source").string(symbol.source()).endObject();
        }
        out.endList().member("problem").optional(dimensions.problem());
        out.member("position").optional(dimensions.position());
        out.member("length").optional(dimensions.length()).endObject();
    }

    private static void counterexample(ValidationReport.@Nullable CounterexamplePoint point, JsonOutput out) {
        out.member("counterexample");
        if (point == null) {
            out.none();
            return;
        }
        out.beginObject().member("values").texts(point.values());
        out.member("left").string(point.left());
        out.member("right").string(point.right());
        out.member("difference").string(point.difference());
        out.member("digits").number(point.digits()).endObject();
    }

    private static void matchedLaw(ValidationReport.@Nullable MatchedLaw law, JsonOutput out) {
        out.member("matched_law");
        if (law == null) {
            out.none();
            return;
        }
        out.beginObject().member("id").string(law.id());
        out.member("name").string(law.name());
        out.member("formula").string(law.formula());
        out.member("symbols").texts(law.symbols());
        out.member("difference").string(law.difference()).endObject();
    }

    private static void solutions(List<ValidationReport.Solution> solutions, JsonOutput out) {
        out.member("solutions").beginList();
        for (ValidationReport.Solution solution : solutions) {
            out.beginObject().member("variable").string(solution.variable());
            out.member("value").string(solution.value());
            out.member("exact").flag(solution.exact()).endObject();
        }
        out.endList();
    }

    private static void readings(List<ValidationReport.Reading> readings, JsonOutput out) {
        out.member("readings").beginList();
        for (ValidationReport.Reading reading : readings) {
            out.beginObject().member("how").string(reading.how());
            out.member("normalized").string(reading.normalized());
            out.member("valid").flag(reading.valid());
            out.member("confidence").number(reading.confidence());
            out.member("verdict").string(reading.verdict().text());
            out.member("taken").flag(reading.taken()).endObject();
        }
        out.endList();
    }

    private static void parts(List<ValidationReport.Part> parts, JsonOutput out) {
        out.member("parts").beginList();
        for (ValidationReport.Part part : parts) {
            out.beginObject().member("normalized").string(part.normalized());
            out.member("valid").flag(part.valid());
            out.member("confidence").number(part.confidence());
            out.member("verdict").string(part.verdict().text());
            out.member("explanation").string(part.explanation()).endObject();
        }
        out.endList();
    }

    private static void warnings(List<Warning> warnings, JsonOutput out) {
        out.member("warnings").beginList();
        for (Warning warning : warnings) {
            out.beginObject().member("code").string(warning.code());
            out.member("message").string(warning.message());
            out.member("position").number(warning.position());
            out.member("length").number(warning.length()).endObject();
        }
        out.endList();
    }
}
