package phifleet.equations.dimension;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phifleet.equations.units.Dimension;

/**
 * The dimensions that a symbol may have, and for each field of science how much each weighs. Immutable and built once, so
 * that a search only reads.
 *
 * <p>In a field a meaning that is used there counts with its weight, one that is used everywhere with less of it, any other
 * with little.
 */
final class MeaningWeights {
    /** What a meaning that is used everywhere keeps of its weight outside its own fields. */
    private static final double ELSEWHERE_COMMON = 0.6;
    /** What any other meaning keeps of it. */
    private static final double ELSEWHERE = 0.1;

    private final List<Dimension> dimensions;
    private final Map<Dimension, Integer> index = new HashMap<>();
    private final List<List<String>> texts;
    private final double[] shares;
    private final double[][] logWeights;
    private final Meaning[][] meanings;

    MeaningWeights(List<Meaning> rows) {
        Map<Dimension, List<Meaning>> byDimension = new LinkedHashMap<>();
        for (Meaning row : rows) {
            byDimension
                    .computeIfAbsent(row.dimension(), key -> new ArrayList<>())
                    .add(row);
        }
        dimensions = List.copyOf(byDimension.keySet());
        for (int i = 0; i < dimensions.size(); i++) {
            index.put(dimensions.get(i), i);
        }
        texts = dimensions.stream()
                .map(d -> byDimension.getOrDefault(d, List.of()).stream()
                        .map(Meaning::text)
                        .toList())
                .toList();
        double total = rows.stream().mapToDouble(Meaning::weight).sum();
        shares = dimensions.stream()
                .mapToDouble(d -> byDimension.getOrDefault(d, List.of()).stream()
                                .mapToDouble(Meaning::weight)
                                .sum()
                        / total)
                .toArray();
        ScienceField[] fields = ScienceField.values();
        logWeights = new double[fields.length][dimensions.size()];
        meanings = new Meaning[fields.length][dimensions.size()];
        for (int f = 0; f < fields.length; f++) {
            for (int i = 0; i < dimensions.size(); i++) {
                ScienceField field = fields[f];
                Meaning best = rows.getFirst();
                double most = 0;
                for (Meaning row : byDimension.getOrDefault(dimensions.get(i), List.of())) {
                    double weight = weight(row, field);
                    if (weight > most) {
                        most = weight;
                        best = row;
                    }
                }
                meanings[f][i] = best;
                logWeights[f][i] = Math.log(most);
            }
        }
    }

    private static double weight(Meaning meaning, ScienceField field) {
        double factor = meaning.fields().contains(field) ? 1 : meaning.everywhere() ? ELSEWHERE_COMMON : ELSEWHERE;
        return meaning.weight() * factor;
    }

    int size() {
        return dimensions.size();
    }

    Dimension dimension(int candidate) {
        return dimensions.get(candidate);
    }

    /** The candidate with a dimension, or -1. */
    int find(Dimension dimension) {
        return index.getOrDefault(dimension, -1);
    }

    /** The likeliest meaning of a dimension in a field. */
    Meaning meaning(int field, int candidate) {
        return meanings[field][candidate];
    }

    /** What a dimension is called in all fields. */
    List<String> texts(int candidate) {
        return texts.get(candidate);
    }

    /** The logarithm of its weight. */
    double logWeight(int field, int candidate) {
        return logWeights[field][candidate];
    }

    /** How much of the weight of all meanings, in all fields, a dimension has. */
    double share(int candidate) {
        return shares[candidate];
    }
}
