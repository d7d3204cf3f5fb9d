package phifleet.gateway.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A name that stands for several models, or for several versions of the model of that name, each with its share of the requests. Who asks with the same sticky word gets the same model for as
 * long as the shares are these. Immutable but for the counts of its parts; safe from every thread.
 */
public final class ModelSplit {
    private final String name;
    private final String stamp;
    private final Among among;
    private final List<Part> parts;
    private final double sum;

    /** What has shares. */
    public enum Among {
        /** Models, each of a name of its own. */
        MODELS,
        /** Versions of one model, each held by some workers. */
        VERSIONS
    }

    /**
     * One of the models.
     *
     * @param model its name, or the version
     * @param weight its share, against the sum of all
     * @param tally how its requests ended
     */
    public record Part(String model, double weight, SplitTally tally) {}

    /**
     * A split.
     *
     * @param stamp tells it from those before and after it
     * @param weights by model or version, none of them negative, at least one of them positive
     */
    public ModelSplit(String name, String stamp, Among among, Map<String, Double> weights) {
        this.name = name;
        this.stamp = stamp;
        this.among = among;
        List<Part> all = new ArrayList<>();
        weights.forEach((model, weight) -> all.add(new Part(model, weight, new SplitTally())));
        this.parts = List.copyOf(all);
        this.sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    public String name() {
        return name;
    }

    public String stamp() {
        return stamp;
    }

    public Among among() {
        return among;
    }

    /** The part that counts what one of the models or versions did; what was drawn where that has no share. */
    public Part partOf(String model, Part drawn) {
        return parts.stream()
                .filter(part -> part.model().equals(model))
                .findFirst()
                .orElse(drawn);
    }

    public List<Part> parts() {
        return parts;
    }

    /** The model for who always shows this word. */
    public Part sticky(String word) {
        // As a fraction of one: the upper 53 bits are as many as a double has.
        return at((Rendezvous.weight(name, word) >>> 11) * 0x1p-53);
    }

    /**
     * The model at a point of the line that the shares divide.
     *
     * @param point from 0 to 1, by chance
     */
    public Part at(double point) {
        double left = point * sum;
        Part last = parts.getFirst();
        for (Part part : parts) {
            if (part.weight() > 0) {
                last = part;
                left -= part.weight();
                if (left < 0) {
                    return part;
                }
            }
        }
        return last;
    }

    /** Starts a new half of what its latencies are taken over. */
    public void roll() {
        parts.forEach(part -> part.tally().roll());
    }
}
