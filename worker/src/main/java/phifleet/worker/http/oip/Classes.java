package phifleet.worker.http.oip;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Tensor;
import phifleet.worker.http.tensor.TensorNumbers;

/** The classification extension: in place of an output's values, the greatest of them with their places and labels. */
final class Classes {
    private Classes() {}

    /**
     * The greatest values of each row as strings {@code value:index} or {@code value:index:label}, the greatest first.
     *
     * @param most how many of a row
     */
    static Tensor of(Tensor output, OipModel model, int most) {
        double[] values = TensorNumbers.of(output);
        boolean rows = model.maxBatchSize() > 0 && output.shape().size() > 1;
        int count = rows ? Math.toIntExact(output.shape().getFirst()) : 1;
        int width = count == 0 ? 0 : values.length / count;
        int taken = Math.min(most, width);
        List<String> strings = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            int from = row * width;
            IntStream.range(0, width)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer place) -> -values[from + place])
                            .thenComparing(place -> place))
                    .limit(taken)
                    .forEach(place -> strings.add(text(output.type(), values[from + place], place, model.labels())));
        }
        List<Long> shape = rows ? List.of((long) count, (long) taken) : List.of((long) taken);
        return Tensor.ofStrings(shape, strings);
    }

    private static String text(ElementType type, double value, int place, List<String> labels) {
        String number = type.isFloat()
                ? String.format(java.util.Locale.ROOT, "%f", value)
                : type == ElementType.FP64 ? Double.toString(value) : Long.toString((long) value);
        return number + ":" + place + (place < labels.size() ? ":" + labels.get(place) : "");
    }
}
