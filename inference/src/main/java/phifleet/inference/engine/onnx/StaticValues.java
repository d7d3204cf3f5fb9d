package phifleet.inference.engine.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import phifleet.inference.onnx.OnnxNode;

/**
 * What a graph's few numbers are, where they follow from constants and from sizes that are fixed: exporters compute the scale of
 * attention, say, from the shape of the queries. What depends on a batch is not a number.
 *
 * @param makers the operator that makes each value
 */
record StaticValues(Map<String, OnnxConstant> constants, Map<String, OnnxNode> makers) {
    private static final double UNKNOWN = Double.NaN;

    /** Exporters need some ten steps for a scale. */
    private static final int DEPTH = 24;

    /** The one number that a value is; NaN where it is not known or has several. */
    double number(String value) {
        double[] numbers = numbers(value, DEPTH);
        return numbers.length == 1 ? numbers[0] : UNKNOWN;
    }

    /** The numbers of a row, NaN for those that are not known; of a value of which nothing is known, one such. */
    double[] numbers(String value) {
        return numbers(value, DEPTH);
    }

    private double[] numbers(String value, int depth) {
        OnnxConstant constant = constants.get(value);
        if (constant != null) {
            return constant.numbers();
        }
        OnnxNode node = makers.get(value);
        if (node == null || depth == 0) {
            return new double[] {UNKNOWN};
        }
        return switch (node.operator()) {
            case "Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze" -> of(node, 0, depth);
            case "Sqrt" -> each(of(node, 0, depth), Math::sqrt);
            case "Reciprocal" -> each(of(node, 0, depth), number -> 1 / number);
            case "Mul" -> each(of(node, 0, depth), of(node, 1, depth), (a, b) -> a * b);
            case "Div" -> each(of(node, 0, depth), of(node, 1, depth), (a, b) -> a / b);
            case "Concat" ->
                IntStream.range(0, node.inputs().size())
                        .mapToObj(i -> of(node, i, depth))
                        .flatMapToDouble(DoubleStream::of)
                        .toArray();
            case "Shape" -> sizes(node.inputs().getFirst(), depth - 1);
            case "Gather" -> picked(of(node, 0, depth), of(node, 1, depth));
            case "Slice" -> cut(node, depth);
            default -> new double[] {UNKNOWN};
        };
    }

    private double[] of(OnnxNode node, int input, int depth) {
        return node.inputs().size() <= input
                ? new double[] {UNKNOWN}
                : numbers(node.inputs().get(input), depth - 1);
    }

    /** The sizes of a value's axes; one that is not known where their number is not. */
    private double[] sizes(String value, int depth) {
        OnnxNode node = depth <= 0 ? null : makers.get(value);
        if (node == null) {
            return new double[] {UNKNOWN};
        }
        return switch (node.operator()) {
            // 0 keeps what was there, and −1 is what is left.
            case "Reshape" -> each(of(node, 1, depth), size -> size < 1 ? UNKNOWN : size);
            case "Transpose" -> {
                double[] before = sizes(node.inputs().getFirst(), depth - 1);
                List<Long> order = node.integers("perm");
                yield order.size() == before.length
                        ? order.stream()
                                .mapToDouble(axis -> before[Math.toIntExact(axis)])
                                .toArray()
                        : new double[] {UNKNOWN};
            }
            default -> new double[] {UNKNOWN};
        };
    }

    private static double[] picked(double[] numbers, double[] places) {
        return each(places, place -> {
            int at = (int) (place < 0 ? place + numbers.length : place);
            return Double.isNaN(place) || at < 0 || at >= numbers.length ? UNKNOWN : numbers[at];
        });
    }

    private double[] cut(OnnxNode slice, int depth) {
        double[] numbers = of(slice, 0, depth);
        double[] from = of(slice, 1, depth);
        double[] to = of(slice, 2, depth);
        boolean plain = slice.inputs().size() > 2
                && from.length == 1
                && to.length == 1
                && !Double.isNaN(from[0] + to[0])
                && (slice.inputs().size() < 5 || Arrays.equals(of(slice, 4, depth), new double[] {1}));
        if (!plain) {
            return new double[] {UNKNOWN};
        }
        int first = place(from[0], numbers.length);
        return Arrays.copyOfRange(numbers, first, Math.max(first, place(to[0], numbers.length)));
    }

    private static int place(double bound, int length) {
        return (int) Math.clamp(bound < 0 ? bound + length : bound, 0, length);
    }

    private static double[] each(double[] numbers, DoubleUnaryOperator change) {
        return DoubleStream.of(numbers).map(change).toArray();
    }

    private static double[] each(double[] left, double[] right, DoubleBinaryOperator join) {
        if (left.length != right.length && left.length != 1 && right.length != 1) {
            return new double[] {UNKNOWN};
        }
        return IntStream.range(0, Math.max(left.length, right.length))
                .mapToDouble(i -> join.applyAsDouble(left[left.length == 1 ? 0 : i], right[right.length == 1 ? 0 : i]))
                .toArray();
    }
}
