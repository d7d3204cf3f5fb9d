package phifleet.inference.graph.part;

import java.util.ArrayList;
import java.util.List;
import phifleet.inference.model.ModelException;

/**
 * A linear layer of which each group of numbers that come out sees one group of those that go in (grouped convolutions of one token).
 *
 * @param in numbers a token
 * @param out numbers a token
 * @param turned whether a group's matrix stands with a row for each number that goes in
 */
public record GroupedLinear(int groups, int in, int out, boolean turned) {

    /**
     * Writes it.
     *
     * @param weights one matrix a group, whose shape with its groups is given
     */
    public String of(Parts parts, String x, String layer, long... weights) throws ModelException {
        Graph graph = parts.graph();
        if (in % groups != 0 || out % groups != 0) {
            throw parts.config()
                    .refused(layer + " cannot be cut into " + groups + " groups: it is from " + in + " to " + out
                            + " numbers");
        }
        List<String> answers = new ArrayList<>();
        List<String> pieces = groups == 1 ? List.of(x) : graph.parts(x, -1, groups);
        long rows = weights[0] / groups;
        for (int i = 0; i < groups; i++) {
            String own = parts.weights().rows(layer + ".weight", i * rows, rows, weights);
            String matrix = graph.op(
                    "Reshape",
                    List.of(
                            own,
                            turned ? graph.longs(in / groups, out / groups) : graph.longs(out / groups, in / groups)));
            String bias = parts.weights().rows(layer + ".bias", (long) i * (out / groups), out / groups, out);
            answers.add(graph.op("Gemm", List.of(pieces.get(i), matrix, bias), Attribute.of("transB", turned ? 0 : 1)));
        }
        return groups == 1 ? answers.getFirst() : graph.op("Concat", answers, Attribute.of("axis", -1));
    }
}
