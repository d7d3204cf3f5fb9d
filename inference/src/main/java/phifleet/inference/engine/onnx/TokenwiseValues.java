package phifleet.inference.engine.onnx;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phifleet.inference.onnx.OnnxNode;

/**
 * Which values of a graph are computed token by token: each row depends on one token's rows alone, so that it is the same
 * wherever the row lies and whatever lies beside it. In a transformer these are the embeddings, the linear layers, the
 * activations and the normalisations, which is nearly all the work; attention is what mixes tokens.
 *
 * <p>A value counts only where its operator is known to work so, with three axes (batch, tokens, width). All others keep
 * their meaning as they are.
 */
final class TokenwiseValues {
    private static final Set<String> ELEMENTWISE = Set.of(
            "Abs",
            "Add",
            "BiasGelu",
            "Cast",
            "Div",
            "Elu",
            "Erf",
            "Exp",
            "FastGelu",
            "Gelu",
            "Identity",
            "Mul",
            "Neg",
            "Pow",
            "QuickGelu",
            "Reciprocal",
            "Relu",
            "Sigmoid",
            "SkipLayerNormalization",
            "Softplus",
            "Sqrt",
            "Sub",
            "Tanh");

    /** The graph's inputs that hold a number for each token. */
    private static final Set<String> IDS = Set.of("input_ids", "token_type_ids");

    /** What, where it does not go along the width, leaves one row of a text's, or a part of its rows. */
    private static final Set<String> POOLING =
            Set.of("Gather", "GatherND", "ReduceL2", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceSum", "Slice");

    private static final int WIDTH_AXIS = 2;

    private final Map<String, OnnxConstant> constants;
    private final Set<String> values = new HashSet<>();

    /** What is computed of pooled rows, which are no rectangle of tokens any more: a classifier's last layers. */
    private final Set<String> pooled = new HashSet<>();

    /** What is computed of the mask and of nothing that tokens have, the mask with it. */
    private final Set<String> mask = new HashSet<>(Set.of("attention_mask"));

    /** Tokens' values with the mask on them: it means nothing to packed rows, which have no padding, so it waits for the rectangle. */
    private final Set<String> masked = new HashSet<>();

    private int products;

    /** Walks the nodes, which every ONNX graph holds in the order of their dependence. */
    TokenwiseValues(List<OnnxNode> nodes, Map<String, OnnxConstant> constants) {
        this.constants = constants;
        for (OnnxNode node : nodes) {
            if (node.outputs().size() == 1 && (looksUp(node) || isProduct(node) || isTokenByToken(node))) {
                values.add(node.outputs().getFirst());
                products += isProduct(node) ? 1 : 0;
            } else if (isPooled(node)) {
                pooled.addAll(node.outputs());
            } else if (isMasked(node)) {
                masked.addAll(node.outputs());
            } else if (node.inputs().stream().anyMatch(mask::contains)
                    && node.inputs().stream().noneMatch(values::contains)) {
                mask.addAll(node.outputs());
            }
        }
    }

    boolean contains(String value) {
        return values.contains(value);
    }

    boolean isMadeBy(OnnxNode node) {
        return values.contains(node.outputs().getFirst());
    }

    /** Matrix products with weights. */
    int products() {
        return products;
    }

    /** Whether an input of a node is the same for all tokens, so that it needs no packing. */
    boolean isShared(String input, OnnxNode node) {
        OnnxConstant constant = constants.get(input);
        return input.isEmpty()
                || (constant != null
                        && (constant.isRow() || (constant.isMatrix() && (looksUp(node) || isProduct(node)))));
    }

    /** Whether a node takes rows of a table by the tokens' ids. */
    boolean looksUp(OnnxNode node) {
        List<Long> axis = node.integers("axis");
        return node.operator().equals("Gather")
                && isMatrix(node.inputs().getFirst())
                && IDS.contains(node.inputs().get(1))
                && (axis.isEmpty() || axis.equals(List.of(0L)));
    }

    /** Whether a node multiplies by a matrix of weights. Its other side is taken to have three axes. */
    boolean isProduct(OnnxNode node) {
        return node.operator().equals("MatMul")
                && isMatrix(node.inputs().get(1))
                && !constants.containsKey(node.inputs().getFirst())
                && !pooled.contains(node.inputs().getFirst());
    }

    private boolean isPooled(OnnxNode node) {
        return node.inputs().stream().anyMatch(pooled::contains)
                || (POOLING.contains(node.operator())
                        && (values.contains(node.inputs().getFirst())
                                || masked.contains(node.inputs().getFirst())));
    }

    private boolean isMasked(OnnxNode node) {
        return ELEMENTWISE.contains(node.operator())
                && node.inputs().stream().anyMatch(values::contains)
                && node.inputs().stream().anyMatch(mask::contains);
    }

    private boolean isTokenByToken(OnnxNode node) {
        if (node.inputs().stream().noneMatch(values::contains) || isMasked(node)) {
            return false;
        }
        return switch (node.operator()) {
            case "LayerNormalization", "SimplifiedLayerNormalization" -> isAlongWidth(node.integers("axis"));
            case "ReduceMean", "ReduceSum", "ReduceMax" ->
                !node.integers("keepdims").equals(List.of(0L))
                        && isAlongWidth(axes(node))
                        && !axes(node).isEmpty();
            default -> ELEMENTWISE.contains(node.operator());
        };
    }

    /** Of an attribute, or from opset 13 and 18 on of a second input. */
    private List<Long> axes(OnnxNode node) {
        OnnxConstant second =
                node.inputs().size() > 1 ? constants.get(node.inputs().get(1)) : null;
        return second == null ? node.integers("axes") : second.integers();
    }

    private static boolean isAlongWidth(List<Long> axes) {
        return axes.stream().allMatch(axis -> axis == -1 || axis == WIDTH_AXIS);
    }

    private boolean isMatrix(String value) {
        OnnxConstant constant = constants.get(value);
        return constant != null && constant.isMatrix();
    }
}
