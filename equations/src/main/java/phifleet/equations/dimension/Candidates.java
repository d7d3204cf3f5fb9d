package phifleet.equations.dimension;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phifleet.equations.units.Dimension;

/**
 * The dimensions that a symbol may have, and for each field how likely each is. Immutable and built once, so that a
 * search only reads.
 *
 * <p>In a field a meaning that is used there counts with its weight, one that is used everywhere with
 * {@value #ELSEWHERE_COMMON} of it, any other with {@value #ELSEWHERE}. The gap of a dimension is the logarithm of how
 * much less it weighs than the likeliest dimension of the same symbol in the same field.
 */
final class Candidates {
    static final double ELSEWHERE_COMMON = 0.6;
    static final double ELSEWHERE = 0.12;

    /** One dimension in one field. */
    record Candidate(Dimension dimension, Meaning meaning, double gap) {}

    private record InField(double best, List<Candidate> byGap, Map<Dimension, Candidate> byDimension) {}

    private final List<InField> fields;

    private Candidates(List<InField> fields) {
        this.fields = fields;
    }

    static Candidates of(List<Meaning> meanings) {
        List<InField> fields = new ArrayList<>();
        for (Field field : Field.values()) {
            fields.add(inField(meanings, field));
        }
        return new Candidates(List.copyOf(fields));
    }

    private static InField inField(List<Meaning> meanings, Field field) {
        Map<Dimension, Meaning> likeliest = new LinkedHashMap<>();
        double best = Double.NEGATIVE_INFINITY;
        for (Meaning meaning : meanings) {
            likeliest.merge(meaning.dimension(), meaning, (a, b) -> weight(a, field) >= weight(b, field) ? a : b);
            best = Math.max(best, Math.log(weight(meaning, field)));
        }
        Map<Dimension, Candidate> byDimension = new LinkedHashMap<>();
        for (Meaning meaning : likeliest.values()) {
            double gap = best - Math.log(weight(meaning, field));
            byDimension.put(meaning.dimension(), new Candidate(meaning.dimension(), meaning, gap));
        }
        List<Candidate> byGap = new ArrayList<>(byDimension.values());
        byGap.sort(Comparator.comparingDouble(Candidate::gap));
        return new InField(best, List.copyOf(byGap), Map.copyOf(byDimension));
    }

    private static double weight(Meaning meaning, Field field) {
        double factor = meaning.fields().contains(field) ? 1 : meaning.everywhere() ? ELSEWHERE_COMMON : ELSEWHERE;
        return meaning.weight() * factor;
    }

    /** The logarithm of the weight of the likeliest meaning in a field. */
    double best(int field) {
        return fields.get(field).best();
    }

    /** The dimensions in a field, likeliest first. */
    List<Candidate> byGap(int field) {
        return fields.get(field).byGap();
    }

    /** A dimension in a field, or null where no meaning has it. */
    @org.jspecify.annotations.Nullable
    Candidate find(int field, Dimension dimension) {
        return fields.get(field).byDimension().get(dimension);
    }

    int size() {
        return fields.getFirst().byGap().size();
    }
}
