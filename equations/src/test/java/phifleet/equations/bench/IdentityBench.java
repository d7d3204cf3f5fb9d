package phifleet.equations.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phifleet.equations.Mode;
import phifleet.equations.ValidationReport;
import phifleet.equations.ValidationRequest;
import phifleet.equations.Variable;
import phifleet.equations.Verdict;

/** True pairs, pairs that are true on a domain only, and pairs made false. */
final class IdentityBench {
    private static final Set<String> IDENTITY = Set.of(Verdict.IDENTITY_PROVED.text(), Verdict.IDENTITY_NUMERIC.text());
    /** Calls without a numeric meaning; pairs with one are not of supported functions. */
    private static final Pattern UNSUPPORTED =
            Pattern.compile("\\b(?:f|g|foo|O|Derivative|Integral|Sum|Product|KroneckerDelta|DiracDelta)\\(");

    List<Judged> run(List<Rows.Identity> rows, Mode mode, Table table) {
        List<Judged> all = new ArrayList<>();
        int supported = 0;
        int recognised = 0;
        int falsely = 0;
        int branch = 0;
        int conditional = 0;
        int made = 0;
        int answered = 0;
        for (Rows.Identity row : rows) {
            boolean everywhere =
                    row.positiveReals().equals("true") && row.reals().equals("true");
            boolean somewhere =
                    row.positiveReals().equals("true") && row.reals().equals("false");
            boolean nowhere = row.positiveReals().equals("false");
            Judged judged = Judged.of(request(row, row.lhs() + " = " + row.rhs(), mode), !nowhere, 1, row.lhs());
            boolean identity = IDENTITY.contains(judged.verdict());
            if (!UNSUPPORTED.matcher(row.lhs() + row.rhs()).find()) {
                if (everywhere) {
                    supported++;
                    recognised += identity ? 1 : 0;
                    detail(table, judged, identity, "true pair not recognised");
                    all.add(judged);
                } else if (somewhere) {
                    branch++;
                    conditional += judged.verdict().equals(Verdict.CONDITIONAL.text()) ? 1 : 0;
                    detail(table, judged, judged.verdict().equals(Verdict.CONDITIONAL.text()), "branch case");
                    all.add(judged);
                } else if (nowhere) {
                    all.add(judged);
                }
                if (everywhere) {
                    List<String> wrong = madeFalse(row, isZero(row));
                    for (String equation : wrong) {
                        Judged refuted = Judged.of(request(row, equation, mode), false, 1.0 / wrong.size(), row.lhs());
                        boolean lie = IDENTITY.contains(refuted.verdict());
                        falsely += lie ? 1 : 0;
                        made++;
                        boolean replays = replays(refuted);
                        answered += replays ? 1 : 0;
                        detail(table, refuted, replays && !lie, "made-false pair");
                        all.add(refuted);
                    }
                }
            }
            falsely += identity && (somewhere || nowhere) ? 1 : 0;
            detail(table, judged, !(identity && (somewhere || nowhere)), "false identity");
        }
        String which = "identities (" + mode.text() + "): ";
        table.atMost(which + "false identity verdicts", falsely, rows.size() + made, 0);
        table.share(which + "true pairs recognised", recognised, supported, 0.97);
        table.share(which + "made-false with a counter-example that replays", answered, made, 0.99);
        if (branch > 0) {
            table.info(which + "true on a domain only, called conditional", conditional + " of " + branch);
        }
        return all;
    }

    private static ValidationRequest request(Rows.Identity row, String equation, Mode mode) {
        Map<String, Variable> variables = new LinkedHashMap<>();
        row.domains().forEach((name, domain) -> variables.put(name, Variable.ofDomain(domain)));
        return ValidationRequest.of(equation).with(mode).withVariables(variables);
    }

    /** Whether the right side is 0 for all values: then no factor makes it false. */
    private static boolean isZero(Rows.Identity row) {
        return IDENTITY.contains(Judged.of(request(row, row.rhs() + " = 0", Mode.IDENTITY), true, 1, "")
                .verdict());
    }

    private static List<String> madeFalse(Rows.Identity row, boolean zero) {
        List<String> made = new ArrayList<>();
        made.add(row.lhs() + " = " + row.rhs() + " + 1");
        if (!zero) {
            made.add(row.lhs() + " = -(" + row.rhs() + ")");
            made.add(row.lhs() + " = 3*(" + row.rhs() + ")/2");
        }
        return made;
    }

    /** Puts the point into the equation and asks again: numbers are compared with many digits. */
    private static boolean replays(Judged judged) {
        @Nullable ValidationReport report = judged.report();
        if (report == null || report.counterexample() == null) {
            return false;
        }
        return new Replay(report.counterexample()).differs(judged.equation());
    }

    private static void detail(Table table, Judged judged, boolean fine, String what) {
        if (!fine) {
            table.detail(what + " (" + judged.verdict() + " " + judged.problem() + "): " + judged.equation()
                    + (judged.report() == null ? "" : "   " + judged.report().explanation()));
        }
    }
}
