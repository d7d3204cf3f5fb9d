package phifleet.inference.graph.part;

import java.util.List;
import phifleet.inference.model.ModelException;

/** What the largest DeBERTa V2 have beside their first layer: each token with its neighbours of the same text, added and normalised. */
public final class Convolution {
    private Convolution() {}

    /**
     * Writes it.
     *
     * @param x what went into the layer
     * @param result what came out of it
     */
    public static String of(Parts parts, String x, String result, int width, double epsilon) throws ModelException {
        Config config = parts.config();
        int kernel = config.size("conv_kernel_size");
        if (kernel % 2 == 0 || config.size("conv_groups", 1) != 1) {
            throw config.refused("conv_kernel_size " + kernel + " with conv_groups " + config.size("conv_groups", 1)
                    + " is not supported; odd sizes in one group are");
        }
        Graph graph = parts.graph();
        String weight = parts.weights().floats("encoder.conv.conv.weight", width, width, kernel);
        List<String> taps = graph.parts(weight, 2, kernel);
        String sum = parts.weights().floats("encoder.conv.conv.bias", width);
        for (int tap = 0; tap < kernel; tap++) {
            String matrix = graph.op("Reshape", List.of(taps.get(tap), graph.longs(width, width)));
            String neighbour = parts.neighbour(x, tap - kernel / 2);
            sum = graph.op("Gemm", List.of(neighbour, matrix, sum), Attribute.of("transB", 1));
        }
        return parts.addNorm(
                result,
                parts.activation(sum, config.text("conv_act", "tanh")),
                "encoder.conv.LayerNorm",
                width,
                epsilon);
    }
}
