package phifleet.worker.http.oip;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.worker.http.tensor.TensorNumbers;

/**
 * The classification extension: in place of an output's values, the greatest of them with their places and labels. Triton refuses it for
 * floats of 16 bits and for truth values too, which are numbers here.
 */
final class Classes {
    private Classes() {}

    /**
     * Makes sure that an output's values have an order.
     *
     * @param field the output's place in the request
     * @throws BadBody for strings, in Triton's words
     */
    static void require(Signature.Value output, int classes, String field) throws BadBody {
        if (classes > 0 && output.type() == ElementType.STRING) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "class result not available for output due to unsupported type '" + DataTypes.name(output.type())
                            + "': output '" + output.name() + "' has no numbers",
                    field));
        }
    }

    /**
     * The greatest values of each row as strings {@code value:index} or {@code value:index:label}, the greatest first.
     *
     * @param most how many of a row
     */
    static Tensor of(Tensor output, OipModel model, int most) {
        boolean rows = model.hasRows() && !output.shape().isEmpty();
        int size = Math.toIntExact(output.size());
        int count = rows ? Math.toIntExact(output.shape().getFirst()) : 1;
        int width = count == 0 ? 0 : size / count;
        int taken = Math.min(most, width);
        Comparator<Integer> greatestFirst = greatestFirst(output);
        List<String> strings = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            int from = row * width;
            IntStream.range(from, from + width)
                    .boxed()
                    .sorted(greatestFirst)
                    .limit(taken)
                    .forEach(place -> strings.add(text(output, place, place - from, model.labels())));
        }
        List<Long> shape = rows ? List.of((long) count, (long) taken) : List.of((long) taken);
        return Tensor.ofStrings(shape, strings);
    }

    /** Of equal ones the one that stands first. Integers of 64 bits have more digits than floats. */
    private static Comparator<Integer> greatestFirst(Tensor output) {
        ByteBuffer data = output.data();
        return switch (output.type()) {
            case INT64 -> (a, b) -> Long.compare(data.getLong(b * Long.BYTES), data.getLong(a * Long.BYTES));
            case UINT64 -> (a, b) -> Long.compareUnsigned(data.getLong(b * Long.BYTES), data.getLong(a * Long.BYTES));
            default -> {
                double[] values = TensorNumbers.of(output);
                yield Comparator.comparingDouble(place -> -values[place]);
            }
        };
    }

    private static String text(Tensor output, int place, int index, List<String> labels) {
        String number = switch (output.type()) {
            case INT64 -> Long.toString(output.data().getLong(place * Long.BYTES));
            case UINT64 -> Long.toUnsignedString(output.data().getLong(place * Long.BYTES));
            case FP32, FP16, BF16, FP64 -> String.format(Locale.ROOT, "%f", output.number(place));
            default -> Long.toString((long) output.number(place));
        };
        return number + ":" + index + (index < labels.size() ? ":" + labels.get(index) : "");
    }
}
