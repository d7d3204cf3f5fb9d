package phifleet.inference.engine.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.inference.onnx.OnnxNode;

/**
 * Finds attention in a graph that the engine has optimised, where it is some twenty operators: heads apart, their products, scale,
 * mask, softmax, products again, heads together.
 *
 * <p>Only attention of all tokens to all real ones is found: one whose mask is {@code attention_mask} and plain arithmetic on it,
 * not what adds a bias of positions to it or looks no further than a window.
 */
final class AttentionPattern {
    private static final String MASK = "attention_mask";

    /** What may lie between the mask as it comes in and what is added to the products. */
    private static final Set<String> ARITHMETIC =
            Set.of("Add", "Cast", "Equal", "Identity", "Mul", "Not", "Sub", "Where");

    /** The same, where a second input is but a shape. */
    private static final Set<String> RESHAPING = Set.of("Expand", "Reshape", "Unsqueeze");

    // batch × tokens × heads × width becomes batch × heads × tokens × width, and the same way back.
    private static final List<Long> HEADS_FIRST = List.of(0L, 2L, 1L, 3L);
    private static final List<Long> HEADS_FIRST_TURNED = List.of(0L, 2L, 3L, 1L);
    private static final List<Long> TURNED = List.of(0L, 1L, 3L, 2L);

    private final OnnxGraph graph;
    private final Map<String, OnnxNode> makers = new HashMap<>();
    private final StaticValues statics;
    private final Set<String> masks = new HashSet<>(Set.of(MASK));

    /**
     * One attention.
     *
     * @param query its rows: batch × tokens × (heads · width)
     * @param width numbers a head; below 1 where the graph does not say
     * @param scale what products are multiplied by
     */
    record Found(String query, String key, String value, int heads, int width, float scale) {}

    /** Rows cut into heads, batch × tokens × (heads · width), and what they are multiplied by afterwards. */
    private record Heads(String rows, int count, int width, double scale) {}

    AttentionPattern(OnnxGraph graph) {
        this.graph = graph;
        for (OnnxNode node : graph.nodes()) {
            node.outputs().forEach(value -> makers.put(value, node));
            if (isMasking(node)) {
                masks.addAll(node.outputs());
            }
        }
        this.statics = new StaticValues(graph.constants(), makers);
    }

    /** The attention whose rows a node gives; null where it gives others. */
    @Nullable
    Found endingIn(OnnxNode end) {
        OnnxNode context = maker(unturned(joined(end), HEADS_FIRST), "MatMul", "FusedMatMul");
        OnnxNode shares = maker(input(context, 0), "Softmax");
        OnnxNode masked = maker(input(shares, 0), "Add");
        if (context == null || shares == null || masked == null || !isPlain(context) || !isAlongLastAxis(shares)) {
            return null;
        }
        OnnxNode products = products(masked);
        if (products == null) {
            return null;
        }
        Heads query = heads(input(products, 0), HEADS_FIRST);
        Heads key = key(products);
        Heads value = heads(input(context, 1), HEADS_FIRST);
        if (query == null
                || key == null
                || value == null
                || key.count() != query.count()
                || value.count() != query.count()
                || value.scale() != 1) {
            return null;
        }
        return new Found(
                query.rows(),
                key.rows(),
                value.rows(),
                query.count(),
                Math.max(query.width(), Math.max(key.width(), value.width())),
                (float) (products.real("alpha", 1) * query.scale() * key.scale()));
    }

    /** The products of queries and keys, where what is added to them is a mask and nothing else. */
    private @Nullable OnnxNode products(OnnxNode masked) {
        for (int i = 0; i < 2; i++) {
            OnnxNode products = maker(input(masked, i), "MatMul", "FusedMatMul");
            if (products != null && masks.contains(masked.inputs().get(1 - i))) {
                return products;
            }
        }
        return null;
    }

    /** The keys, which lie turned, or are turned by the product itself. */
    private @Nullable Heads key(OnnxNode products) {
        String keys = input(products, 1);
        if (turnsMoreThanItsRight(products)) {
            return null;
        }
        if (isOne(products, "transB")) {
            return heads(keys, HEADS_FIRST);
        }
        Heads straight = heads(keys, HEADS_FIRST_TURNED);
        return straight != null ? straight : heads(unturned(keys, TURNED), HEADS_FIRST);
    }

    private static boolean isPlain(OnnxNode product) {
        return product.real("alpha", 1) == 1 && !isOne(product, "transB") && !turnsMoreThanItsRight(product);
    }

    private static boolean turnsMoreThanItsRight(OnnxNode product) {
        return isOne(product, "transA") || isOne(product, "transBatchA") || isOne(product, "transBatchB");
    }

    private static boolean isOne(OnnxNode node, String attribute) {
        return node.integers(attribute).equals(List.of(1L));
    }

    private static boolean isAlongLastAxis(OnnxNode softmax) {
        List<Long> axis = softmax.integers("axis");
        return axis.equals(List.of(-1L)) || axis.equals(List.of(3L));
    }

    /** Whether a node makes of the mask, or of what was made of it, another way to say the same. */
    private boolean isMasking(OnnxNode node) {
        boolean reshapes = RESHAPING.contains(node.operator());
        List<String> inputs = reshapes ? node.inputs().subList(0, 1) : node.inputs();
        return (reshapes || ARITHMETIC.contains(node.operator()))
                && inputs.stream().anyMatch(masks::contains)
                && inputs.stream().allMatch(input -> masks.contains(input) || isNumber(input));
    }

    private boolean isNumber(String value) {
        OnnxConstant constant = graph.constants().get(value);
        return constant != null && constant.isNumber();
    }

    /** What a node makes rows of again, heads side by side; null where it does something else. */
    private @Nullable String joined(OnnxNode node) {
        return node.operator().equals("Reshape") && shape(node).length == 3
                ? node.inputs().getFirst()
                : null;
    }

    private @Nullable Heads heads(@Nullable String value, List<Long> permutation) {
        double scale = 1;
        String turned = value;
        OnnxNode scaling = maker(value, "Mul", "Div");
        if (scaling != null) {
            turned = scaling.inputs().getFirst();
            double factor = statics.number(scaling.inputs().getLast());
            scale = scaling.operator().equals("Mul") ? factor : 1 / factor;
        }
        OnnxNode cut = maker(unturned(turned, permutation), "Reshape");
        double[] shape = cut == null ? new double[0] : shape(cut);
        return cut == null || shape.length != 4 || !(shape[2] >= 1) || Double.isNaN(scale)
                ? null
                : new Heads(cut.inputs().getFirst(), (int) shape[2], (int) Math.max(0, shape[3]), scale);
    }

    private double[] shape(OnnxNode reshape) {
        return statics.numbers(reshape.inputs().get(1));
    }

    private @Nullable String unturned(@Nullable String value, List<Long> permutation) {
        OnnxNode turn = maker(value, "Transpose");
        return turn != null && turn.integers("perm").equals(permutation)
                ? turn.inputs().getFirst()
                : null;
    }

    private @Nullable OnnxNode maker(@Nullable String value, String... operators) {
        OnnxNode maker = value == null ? null : makers.get(value);
        return maker != null && List.of(operators).contains(maker.operator()) ? maker : null;
    }

    private static @Nullable String input(@Nullable OnnxNode node, int index) {
        return node == null || node.inputs().size() <= index
                ? null
                : node.inputs().get(index);
    }
}
