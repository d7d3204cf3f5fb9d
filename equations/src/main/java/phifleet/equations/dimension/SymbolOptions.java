package phifleet.equations.dimension;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import phifleet.equations.units.Dimension;

/**
 * What one symbol of one statement may mean, weighted by its company: the weight of a dimension in the table is blended
 * with the share of the votes it has among the laws that use the letter beside the statement's other letters.
 */
final class SymbolOptions {
    /** The votes at which the table of meanings and the laws count alike. */
    private static final double EVEN_VOTES = 1;

    /** The votes, a law in the very same letters having one, from which on what nobody votes for is odd. */
    private static final double ENOUGH_VOTES = 0.4;
    /** A share of votes that laws in other letters make up. */
    private static final double HARDLY_ANY = 0.03;

    /** The logarithm of the weight of what cannot be. */
    private static final double RULED_OUT = -50;

    /** A logarithm of weights that tells nothing. */
    private static final double NEAR_TIE = 0.2;

    private final MeaningWeights candidates;
    private final double[] company;
    private final double[] votes;
    private final double total;
    private final Map<Integer, List<Option>> byField = new HashMap<>();

    /** @param ruledOut which candidates the statement rules out */
    SymbolOptions(MeaningWeights candidates, Map<Dimension, Double> votes, IntPredicate ruledOut) {
        this.candidates = candidates;
        this.company = new double[candidates.size()];
        this.votes = new double[candidates.size()];
        double total = 0;
        for (int i = 0; i < company.length; i++) {
            this.votes[i] = votes.getOrDefault(candidates.dimension(i), 0.0);
            total += this.votes[i];
        }
        this.total = total;
        double trust = total / (total + EVEN_VOTES);
        for (int i = 0; i < company.length; i++) {
            double vote = total == 0 ? 0 : this.votes[i] / total;
            company[i] = ruledOut.test(i) ? RULED_OUT : Math.log(1 - trust + trust * vote / candidates.share(i));
        }
    }

    int size() {
        return company.length;
    }

    /**
     * Whether a dimension is what the letter stands for most of all in this company, whatever the field; near ties count.
     */
    boolean isUsual(Dimension dimension) {
        int candidate = candidates.find(dimension);
        double most = Double.NEGATIVE_INFINITY;
        double own = Double.NEGATIVE_INFINITY;
        for (int field = 0; field < ScienceField.values().length; field++) {
            most = Math.max(most, best(field));
            own = candidate < 0 ? own : Math.max(own, candidates.logWeight(field, candidate) + company[candidate]);
        }
        return own >= most - NEAR_TIE;
    }

    /**
     * Whether the letter has a dimension that hardly any law gives it beside these other letters, though there are laws enough that use it
     * beside them: an energy F beside m and v.
     */
    boolean isUnheardOf(Dimension dimension) {
        int candidate = candidates.find(dimension);
        return candidate >= 0 && total >= ENOUGH_VOTES && votes[candidate] < total * HARDLY_ANY;
    }

    /** The logarithm of the weight of the likeliest dimension in a field. */
    double best(int field) {
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < company.length; i++) {
            best = Math.max(best, candidates.logWeight(field, i) + company[i]);
        }
        return best;
    }

    /** The dimensions in a field, likeliest first. */
    List<Option> in(int field) {
        return byField.computeIfAbsent(field, this::sorted);
    }

    private List<Option> sorted(int field) {
        double best = best(field);
        List<Option> options = new ArrayList<>(company.length);
        for (int i = 0; i < company.length; i++) {
            options.add(option(field, i, best));
        }
        options.sort(Comparator.comparingDouble(Option::gap));
        return options;
    }

    private Option option(int field, int candidate, double best) {
        return new Option(
                candidates.dimension(candidate),
                candidates.meaning(field, candidate),
                best - candidates.logWeight(field, candidate) - company[candidate]);
    }

    /** A dimension in a field, or null where no meaning has it. */
    @Nullable
    Option find(int field, double best, Dimension dimension) {
        int candidate = candidates.find(dimension);
        return candidate < 0 ? null : option(field, candidate, best);
    }
}
