package phifleet.equations.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phifleet.equations.ValidationRequest;
import phifleet.equations.Verdict;

/** Laws and their mutants, with units and without. */
final class PhysicsBench {
    private record Broken(String equation, Rows.Law law, Rows.Mutant mutant, double weight) {}

    private final Rows rows;
    private final List<Broken> broken = new ArrayList<>();
    private int unmapped;

    PhysicsBench(Rows rows) {
        this.rows = rows;
        Map<String, Rows.Law> laws = new HashMap<>();
        rows.laws().forEach(law -> laws.put(law.id(), law));
        Map<String, Integer> mutants = new HashMap<>();
        rows.mutants().forEach(mutant -> mutants.merge(mutant.law(), 1, Integer::sum));
        for (Rows.Mutant mutant : rows.mutants()) {
            Rows.Law law = laws.get(mutant.law());
            Optional<Map<String, String>> names = law == null ? Optional.empty() : Names.of(law, mutant);
            if (law == null || names.isEmpty()) {
                unmapped++;
            } else {
                // All mutants of a law together count as much as the law.
                double weight = 1.0 / mutants.getOrDefault(mutant.law(), 1);
                broken.add(new Broken(Names.equation(mutant, names.get()), law, mutant, weight));
            }
        }
    }

    List<Judged> withUnits(Table table) {
        List<Judged> all = new ArrayList<>();
        int accepted = 0;
        for (Rows.Law law : rows.laws()) {
            Judged judged = Judged.of(Judged.withUnits(law.code(), law), true, 1, law.id());
            accepted += judged.accepted() ? 1 : 0;
            report(table, judged, judged.accepted(), "units, law refused");
            all.add(judged);
        }
        int inconsistent = 0;
        int rejected = 0;
        for (Broken one : broken) {
            Judged judged = Judged.of(
                    Judged.withUnits(one.equation(), one.law()),
                    false,
                    one.weight(),
                    one.law().id());
            all.add(judged);
            if (one.mutant().known() && !one.mutant().consistent()) {
                inconsistent++;
                boolean seen = judged.verdict().equals(Verdict.DIMENSION_MISMATCH.text());
                rejected += seen ? 1 : 0;
                report(table, judged, seen, "units, mutant not refused");
            }
        }
        table.share("with units: true laws accepted", accepted, rows.laws().size(), 0.995);
        table.share("with units: inconsistent mutants dimension_mismatch", rejected, inconsistent, 1);
        if (unmapped > 0) {
            table.info("mutants whose names could not be told", String.valueOf(unmapped));
        }
        return all;
    }

    List<Judged> withoutUnits(Table table) {
        List<Judged> all = new ArrayList<>();
        int refused = 0;
        for (Rows.Law law : rows.laws()) {
            Judged judged = Judged.of(ValidationRequest.of(law.code()), true, 1, law.id());
            boolean wrong =
                    judged.isRead() && !judged.accepted() && !judged.verdict().equals(Verdict.UNDETERMINED.text());
            refused += wrong ? 1 : 0;
            report(table, judged, !wrong, "convention, law refused");
            all.add(judged);
        }
        int breaking = 0;
        int flagged = 0;
        for (Broken one : broken) {
            Judged judged = Judged.of(
                    ValidationRequest.of(one.equation()),
                    false,
                    one.weight(),
                    one.law().id());
            all.add(judged);
            if (one.mutant().known() && !one.mutant().consistent()) {
                breaking++;
                flagged += judged.accepted() ? 0 : 1;
                report(table, judged, !judged.accepted(), "convention, mutant passed");
            }
        }
        table.atMost(
                "without units: true laws falsely rejected",
                refused,
                rows.laws().size(),
                0.05);
        table.share("without units: dimension-breaking mutants flagged", flagged, breaking, 0.80);
        return all;
    }

    private static void report(Table table, Judged judged, boolean fine, String what) {
        if (!fine) {
            table.detail(what + " (" + judged.verdict() + " " + judged.problem() + "): " + judged.equation()
                    + (judged.report() == null ? "" : "   " + judged.report().explanation()));
        }
    }
}
