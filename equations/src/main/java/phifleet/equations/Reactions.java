package phifleet.equations;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import phifleet.equations.ValidationReport.CounterexamplePoint;
import phifleet.equations.ast.Statement.Reaction;
import phifleet.equations.ast.Statement.Reaction.Species;

/** Reactions: an identity of atoms and of charge, of nuclei one of nucleons, charge and leptons, or not. */
final class Reactions {
    private static final String CHARGE = "charge";

    private Reactions() {}

    static Finding judge(Reaction reaction, Inquiry inquiry) {
        if (!reaction.faults().isEmpty()) {
            String faults = String.join("; ", reaction.faults());
            inquiry.found("reaction", faults);
            return Finding.of(Verdict.NOT_IDENTITY, "reaction", faults + ".");
        }
        SortedMap<String, BigInteger> left = count(reaction.reactants());
        SortedMap<String, BigInteger> right = count(reaction.products());
        List<String> wrong = new ArrayList<>();
        SortedMap<String, String> values = new TreeMap<>();
        for (String element : union(left, right)) {
            BigInteger a = left.getOrDefault(element, BigInteger.ZERO);
            BigInteger b = right.getOrDefault(element, BigInteger.ZERO);
            if (!a.equals(b)) {
                wrong.add(element + " " + a + " on the left, " + b + " on the right");
                values.put(element, a + " → " + b);
            }
        }
        if (wrong.isEmpty() && reaction.isOfNuclei()) {
            inquiry.found("reaction", "balanced: nothing that no reaction of nuclei changes is another on both sides");
            return Finding.of(Verdict.IDENTITY_PROVED, "reaction", Explanations.balancedNuclei(left));
        }
        if (wrong.isEmpty()) {
            inquiry.found("reaction", "balanced: every element and the charge are the same on both sides");
            return Finding.of(Verdict.IDENTITY_PROVED, "reaction", Explanations.balanced(left));
        }
        inquiry.found("reaction", "not balanced: " + String.join("; ", wrong));
        String first = values.firstKey();
        BigInteger a = left.getOrDefault(first, BigInteger.ZERO);
        BigInteger b = right.getOrDefault(first, BigInteger.ZERO);
        return Finding.of(Verdict.NOT_IDENTITY, "reaction", Explanations.unbalanced(wrong, reaction.isOfNuclei()))
                .with(new CounterexamplePoint(
                        values, a.toString(), b.toString(), a.subtract(b).toString(), 0));
    }

    private static SortedMap<String, BigInteger> count(List<Species> side) {
        SortedMap<String, BigInteger> atoms = new TreeMap<>();
        for (Species species : side) {
            species.atoms()
                    .forEach((element, n) -> atoms.merge(element, n.multiply(species.coefficient()), BigInteger::add));
            BigInteger charge = BigInteger.valueOf(species.charge()).multiply(species.coefficient());
            if (charge.signum() != 0) {
                atoms.merge(CHARGE, charge, BigInteger::add);
            }
        }
        return atoms;
    }

    private static SortedSet<String> union(SortedMap<String, BigInteger> left, SortedMap<String, BigInteger> right) {
        SortedSet<String> all = new TreeSet<>(left.keySet());
        all.addAll(right.keySet());
        return all;
    }
}
