package phifleet.inference.graph.part;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import phifleet.inference.model.ModelException;

/** What families share: their layers on tokens in a row, tokens × width. */
public final class Parts {
    /** The graph's inputs that say what each token is: its id, its place, and which text of a pair it is of. */
    public static final String IDS = "input_ids";

    public static final String POSITIONS = "position_ids";
    public static final String TYPES = "token_type_ids";

    private final Graph graph;
    private final Config config;
    private final Weights weights;
    private final int mostTokens;
    private final String ids;
    private final String positions;
    private final boolean pairs;
    private int turned = Integer.MAX_VALUE;

    /**
     * @param mostTokens the longest text that will be asked for: no table of angles is longer
     * @param pairs whether texts are pairs
     */
    public Parts(Graph graph, Config config, Weights weights, int mostTokens, boolean pairs) {
        this.graph = graph;
        this.config = config;
        this.weights = weights;
        this.mostTokens = mostTokens;
        this.ids = graph.input(IDS, Graph.INT64, "tokens");
        this.pairs = pairs;
        this.positions = graph.input(POSITIONS, Graph.INT64, "tokens");
    }

    public Graph graph() {
        return graph;
    }

    public Config config() {
        return config;
    }

    public Weights weights() {
        return weights;
    }

    public int mostTokens() {
        return mostTokens;
    }

    /** Tokens of a text for which all angles asked for so far are right. */
    public int mostTurned() {
        return turned;
    }

    /** Each token's row of a table by its id. */
    public String words(String table, long rows, long width) throws ModelException {
        return weights.lookUp(table, ids, rows, width);
    }

    /** Each token's row of a table by its place. */
    public String places(String table, long rows, long width) throws ModelException {
        return weights.lookUp(table, positions, rows, width);
    }

    /** The same of a table whose first rows no place has. */
    public String places(String table, long rows, long width, int offset) throws ModelException {
        return weights.lookUp(table, graph.op("Add", List.of(positions, graph.scalar((long) offset))), rows, width);
    }

    /** The row of the token before each, and a given one where that is no token of its text. */
    public String behind(String x, String first) {
        String begins = graph.op("Equal", List.of(positions, graph.scalar(0L)));
        return graph.op(
                "Where", List.of(graph.op("Unsqueeze", List.of(begins, graph.longs(1))), first, neighbour(x, -1)));
    }

    /**
     * Each token's row of BERT's table of the two texts of a pair; the first for all where texts are not pairs.
     *
     * @param rows of the table
     */
    public String segments(int rows, long width) throws ModelException {
        String table = "embeddings.token_type_embeddings.weight";
        return pairs && rows > 1
                ? weights.lookUp(table, graph.input(TYPES, Graph.INT64, "tokens"), rows, width)
                : weights.row(table, 0, rows, width);
    }

    public String add(String left, String right) {
        return graph.op("Add", List.of(left, right));
    }

    public String multiply(String left, String right) {
        return graph.op("Mul", List.of(left, right));
    }

    /** x · Wᵀ + b. */
    public String linear(String x, String name, long in, long out, boolean bias) throws ModelException {
        String matrix = weights.floats(name + ".weight", out, in);
        List<String> inputs = bias ? List.of(x, matrix, weights.floats(name + ".bias", out)) : List.of(x, matrix);
        return graph.op("Gemm", inputs, Attribute.of("transB", 1));
    }

    /**
     * The same without a bias, of some rows of a matrix that holds several.
     *
     * @param first of its rows
     * @param all its rows
     */
    public String linear(String x, String name, long in, long first, long out, long all) throws ModelException {
        String matrix = weights.rows(name + ".weight", first, out, all, in);
        return graph.op("Gemm", List.of(x, matrix), Attribute.of("transB", 1));
    }

    /** x · W + b, of a matrix that has one row an input. */
    public String linearByInput(String x, String name, long in, long out) throws ModelException {
        return graph.op(
                "Gemm", List.of(x, weights.floats(name + ".weight", in, out), weights.floats(name + ".bias", out)));
    }

    /** Mean 0 and variance 1 a row, then scaled. */
    public String layerNorm(String x, String name, long width, double epsilon, boolean bias) throws ModelException {
        String scale = weights.floats(name + ".weight", width);
        List<String> inputs = bias ? List.of(x, scale, weights.floats(name + ".bias", width)) : List.of(x, scale);
        return graph.op(
                "LayerNormalization", inputs, Attribute.of("axis", -1), Attribute.of("epsilon", (float) epsilon));
    }

    /** Mean 0 and variance 1 a row, not scaled. */
    public String plainNorm(String x, int width, double epsilon) {
        String ones = graph.table(List.of("ones", width), () -> ones(width), width);
        return graph.op(
                "LayerNormalization", List.of(x, ones), Attribute.of("axis", -1), Attribute.of("epsilon", (float)
                        epsilon));
    }

    private static float[] ones(int width) {
        float[] ones = new float[width];
        Arrays.fill(ones, 1);
        return ones;
    }

    /**
     * Mean 0 and variance 1 for each head by itself, then scaled.
     *
     * @param scale a value, heads · width numbers
     */
    public String headLayerNorm(String x, String scale, int heads, int width, double epsilon) {
        String apart = graph.op("Reshape", List.of(x, graph.longs(-1, width)));
        String normed = plainNorm(apart, width, epsilon);
        return multiply(graph.op("Reshape", List.of(normed, graph.longs(-1, (long) heads * width))), scale);
    }

    /**
     * Llama's gated layers and the one behind them.
     *
     * @param mlp the beginning of their tensors' names
     * @param inner width of the gated layers
     */
    public String gated(String x, String mlp, long width, long inner, String activation, boolean bias)
            throws ModelException {
        String gate = activation(linear(x, mlp + "gate_proj", width, inner, bias), activation);
        String bent = multiply(gate, linear(x, mlp + "up_proj", width, inner, bias));
        return linear(bent, mlp + "down_proj", inner, width, bias);
    }

    /**
     * The normalised sum of what went into a layer and what came out. That comes first, since the engine takes the sum's length from
     * there: it does not know the length of what attention gives, and so keeps no memory of one layer for the next.
     */
    public String addNorm(String x, String y, String name, long width, double epsilon) throws ModelException {
        return graph.engineOp(
                "SkipLayerNormalization",
                List.of(y, x, weights.floats(name + ".weight", width), weights.floats(name + ".bias", width)),
                Attribute.of("epsilon", (float) epsilon));
    }

    /**
     * Root mean square 1 a row, then scaled.
     *
     * @param more added to the weights: 1 where they are kept as the difference to it
     */
    public String rmsNorm(String x, String name, long width, double epsilon, float more) throws ModelException {
        String scale = weights.floats(name + ".weight", width);
        return graph.op(
                "SimplifiedLayerNormalization",
                List.of(x, more == 0 ? scale : add(scale, graph.scalar(more))),
                Attribute.of("axis", -1),
                Attribute.of("epsilon", (float) epsilon));
    }

    /** The same for each head by itself. */
    public String headNorm(String x, String name, int heads, int width, double epsilon, float more)
            throws ModelException {
        String apart = graph.op("Reshape", List.of(x, graph.longs(-1, width)));
        return graph.op(
                "Reshape", List.of(rmsNorm(apart, name, width, epsilon, more), graph.longs(-1, (long) heads * width)));
    }

    /** A number through a bend, by transformers' names. */
    public String activation(String x, String name) throws ModelException {
        return switch (name) {
            case "gelu", "gelu_python" -> graph.op("Gelu", List.of(x), Attribute.of("approximate", "none"));
            case "gelu_new", "gelu_pytorch_tanh", "gelu_fast", "gelu_accurate" ->
                graph.op("Gelu", List.of(x), Attribute.of("approximate", "tanh"));
            case "quick_gelu" -> graph.engineOp("QuickGelu", List.of(x), Attribute.of("alpha", 1.702f));
            case "relu" -> graph.op("Relu", List.of(x));
            case "silu", "swish" -> graph.engineOp("QuickGelu", List.of(x), Attribute.of("alpha", 1f));
            case "tanh" -> graph.op("Tanh", List.of(x));
            case "sigmoid" -> graph.op("Sigmoid", List.of(x));
            case "linear" -> x;
            case "leaky_relu" -> graph.op("LeakyRelu", List.of(x));
            case "mish" -> graph.op("Mish", List.of(x));
            case "relu2" -> {
                String positive = graph.op("Relu", List.of(x));
                yield multiply(positive, positive);
            }
            case "relu6" -> graph.op("Clip", List.of(x, graph.scalar(0f), graph.scalar(6f)));
            case "gelu_10" -> graph.op("Clip", List.of(activation(x, "gelu"), graph.scalar(-10f), graph.scalar(10f)));
            default -> throw config.refused("the activation " + name + " is not supported");
        };
    }

    /** Each token's row from so many places on, zeros where that is no token of its text. */
    public String neighbour(String x, int offset) {
        if (offset == 0) {
            return x;
        }
        String count = graph.op("Shape", List.of(positions));
        String last = graph.op("Sub", List.of(count, graph.longs(1)));
        String rows =
                graph.op("Range", List.of(graph.scalar(0L), graph.op("Squeeze", List.of(count)), graph.scalar(1L)));
        String wanted = graph.op("Add", List.of(rows, graph.scalar((long) offset)));
        String there = graph.op("Max", List.of(graph.op("Min", List.of(wanted, last)), graph.scalar(0L)));
        String place = graph.op("Add", List.of(positions, graph.scalar((long) offset)));
        String same = graph.op("Equal", List.of(graph.op("Gather", List.of(positions, there)), place));
        String kept = graph.op("Unsqueeze", List.of(same, graph.longs(1)));
        return graph.op("Where", List.of(kept, graph.op("Gather", List.of(x, there)), graph.scalar(0f)));
    }

    /** Two halves side by side. */
    public List<String> halves(String x) {
        return graph.parts(x, -1, 2);
    }

    /** Three thirds side by side. */
    public List<String> thirds(String x) {
        return graph.parts(x, -1, 3);
    }

    /** Turns each head's halves by angles that grow with the token's place: rotary position embeddings (Su et al., 2021). */
    public String rotate(String x, int heads, int width, Rope rope) {
        int turned = rope.turned(width);
        List<String> angles = angles(rope, turned);
        return turned == width
                ? rotate(x, heads, angles, false)
                : rotate(x, heads, angles, Attribute.of("rotary_embedding_dim", turned));
    }

    /** Cosines and sines of all places, a row each, a number a pair. */
    public List<String> angles(Rope rope, int width) {
        int length = mostTokens;
        turned = Math.min(turned, rope.scaling().mostTokens());
        String cos =
                graph.table(List.of("cos", rope, width), () -> rope.table(length, width, Math::cos), length, width / 2);
        String sin =
                graph.table(List.of("sin", rope, width), () -> rope.table(length, width, Math::sin), length, width / 2);
        return List.of(cos, sin);
    }

    /**
     * The same by given angles.
     *
     * @param angles as {@link #angles} has them
     * @param neighbours whether a number's partner stands beside it, and not half a head away
     */
    public String rotate(String x, int heads, List<String> angles, boolean neighbours) {
        return rotate(x, heads, angles, Attribute.of("interleaved", neighbours ? 1 : 0));
    }

    /**
     * The same of neighbours among the first numbers of each head.
     *
     * @param turned so many
     */
    public String rotateFirst(String x, int heads, List<String> angles, int turned) {
        return rotate(x, heads, angles, Attribute.of("interleaved", 1), Attribute.of("rotary_embedding_dim", turned));
    }

    private String rotate(String x, int heads, List<String> angles, Attribute... how) {
        // A batch of texts of one token each, since the operator takes no text longer than its tables.
        String batch = graph.op("Unsqueeze", List.of(x, graph.longs(1)));
        String places = graph.op("Unsqueeze", List.of(positions, graph.longs(1)));
        String turned = graph.engineOp(
                "RotaryEmbedding",
                List.of(batch, places, angles.get(0), angles.get(1)),
                Stream.concat(Stream.of(Attribute.of("num_heads", heads)), Stream.of(how))
                        .toArray(Attribute[]::new));
        return graph.op("Squeeze", List.of(turned, graph.longs(1)));
    }
}
