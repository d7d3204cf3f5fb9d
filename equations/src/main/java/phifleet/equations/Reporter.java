package phifleet.equations;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import phifleet.equations.ast.Latex;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Spelling;
import phifleet.equations.budget.Budget;
import phifleet.equations.golden.GoldenRatio;
import phifleet.equations.golden.PhiCoherence;
import phifleet.equations.topology.SignatureCounts;
import phifleet.equations.topology.Topology;
import phifleet.equations.topology.TopologyOutcome;

/** Makes the report of one inquiry: the verdict, and beside it what never decides it, shape and φ-coherence. */
final class Reporter {
    /** Steps for the shape of one equation. */
    private static final long TOPOLOGY_STEPS = 500_000;

    /** Steps for the φ-coherence of one equation. */
    private static final long GOLDEN_STEPS = 100_000;

    private record Form(List<Integer> betti, List<Integer> higher, int chi, int loops, List<List<String>> terms) {}

    private final Inquiry inquiry;

    Reporter(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    ValidationReport report(DoubleSupplier millis) {
        String normalized = Spelling.of(Shape.of(inquiry.parsed.statement()));
        inquiry.found("parsed", "read as " + normalized);
        Form form = inquiry.request.mode() == Mode.SIGNATURE ? counted() : measured();
        double coherence = coherence();
        Finding finding = finding();
        Optional<Inquiry> meant = new Readings(inquiry).meant(finding, normalized);
        if (meant.isPresent()) {
            return new Reporter(meant.get()).report(millis);
        }
        inquiry.found("calibration", Calibration.key(finding.verdict(), finding.basis()));
        List<ValidationReport.Reading> readings = new Readings(inquiry).beside(finding, normalized);
        return new ValidationReport(
                finding.verdict().valid(),
                Readings.confidence(readings, confidence(finding)),
                form.betti(),
                form.chi(),
                coherence,
                finding.explanation(),
                millis.getAsDouble(),
                finding.verdict(),
                normalized,
                Latex.of(inquiry.parsed.statement()),
                inquiry.evidence(),
                finding.dimensions(),
                finding.counterexample(),
                finding.law(),
                finding.solutions(),
                form.higher(),
                form.loops(),
                form.terms(),
                readings,
                inquiry.parts(),
                inquiry.warnings());
    }

    /** A system is as sure as its least sure part. */
    private double confidence(Finding finding) {
        double own = Calibration.standard().confidence(finding.verdict(), finding.basis());
        return inquiry.parts().stream()
                .filter(part -> part.valid() == finding.verdict().valid())
                .mapToDouble(ValidationReport.Part::confidence)
                .reduce(own, Math::min);
    }

    /** The report on what could not even be read in time. */
    static ValidationReport unread(ValidationRequest request, double millis) {
        return new ValidationReport(
                false,
                Calibration.standard().confidence(Verdict.UNDETERMINED, "budget"),
                List.of(0, 0, 0),
                0,
                0,
                Explanations.spent(),
                millis,
                Verdict.UNDETERMINED,
                request.equation(),
                "",
                List.of(new ValidationReport.Evidence("budget", "the time allowed was spent while reading")),
                null,
                null,
                null,
                List.of(),
                List.of(),
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private Finding finding() {
        try {
            return new Judge(inquiry).judge();
        } catch (Budget.Spent spent) {
            inquiry.found("budget", "the time or work allowed was spent");
            return Finding.of(Verdict.UNDETERMINED, "budget", Explanations.spent());
        }
    }

    private Form counted() {
        SignatureCounts counts = SignatureCounts.of(inquiry.request.equation());
        inquiry.found("count", "signs counted, no structure read");
        return new Form(
                List.of(counts.sides(), counts.brackets(), counts.operators()), List.of(), counts.chi(), 0, List.of());
    }

    private Form measured() {
        try {
            Budget budget = inquiry.budget.part(TOPOLOGY_STEPS);
            List<Set<String>> terms = Topology.terms(inquiry.parsed.statement(), budget);
            return switch (Topology.of(terms, budget)) {
                case TopologyOutcome.Measured m ->
                    new Form(m.betti().subList(0, 3), m.higher(), m.chi(), m.loops(), shown(terms));
                case TopologyOutcome.TooLarge large -> unmeasured(large.components(), large.loops());
            };
        } catch (Budget.Spent spent) {
            return unmeasured(0, 0);
        }
    }

    private static List<List<String>> shown(List<Set<String>> terms) {
        return terms.stream().mapToInt(Collection::size).sum() > ValidationReport.MAX_TERM_SYMBOLS
                ? List.of()
                : terms.stream().map(List::copyOf).toList();
    }

    private Form unmeasured(int components, int loops) {
        inquiry.warn("topology_too_large", "The shape was too large to measure; b1, b2 and chi are not calculated.");
        return new Form(List.of(components, 0, 0), List.of(), components, loops, List.of());
    }

    private double coherence() {
        try {
            boolean golden = inquiry.request.mode() == Mode.GOLDEN;
            PhiCoherence coherence =
                    GoldenRatio.of(inquiry.parsed.statement(), golden, inquiry.budget.part(GOLDEN_STEPS));
            for (PhiCoherence.Witness witness : coherence.witnesses()) {
                inquiry.found("phi", witness.what() + " scores " + witness.score());
            }
            return coherence.value();
        } catch (Budget.Spent spent) {
            return 0;
        }
    }
}
