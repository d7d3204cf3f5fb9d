package phifleet.inference.tensor;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.lane.BatchCost;
import phifleet.inference.lane.KnownBatches;
import phifleet.inference.lane.TurnByTurn;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Padding;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;

/**
 * Finds out, by running it, whether a model answers row by row along its first axis, so that requests can run together, and how
 * many rows pay.
 *
 * <p>What was found has the rows of a batch as its units: 1 or more, or 0 where the first axis has no meaning of its own. Two rows must
 * give what each gives alone: floats within {@value #TOLERANCE} of the greatest value, all else exactly. Then the number of rows is
 * doubled as long as a row gets cheaper by more than {@value #WORTH} of its time. Free sizes other than the first are taken for
 * {@value #FREE_SIZE}.
 */
public final class RowProbe {
    private static final Logger LOG = LoggerFactory.getLogger(RowProbe.class);
    private static final double TOLERANCE = 1e-3;
    private static final double WORTH = 0.95;
    private static final int FREE_SIZE = 16;

    /** Bytes of an example, outside of the heap: a detector's large images would else take gigabytes. */
    private static final long MOST_BYTES = 512L << 20;

    /** Of what does not answer row by row, or is not known to. */
    public static final KnownBatches ONE_BY_ONE = new KnownBatches(0, new BatchCost(0, 0, Padding.NOWHERE), 0, 0);

    private RowProbe() {}

    /**
     * Runs the probe on the calling thread.
     *
     * @param id names the model in the log
     * @param most the most rows tried
     * @return the most rows that should run together, as units, and how sure that is
     */
    public static KnownBatches run(
            String id, Model<TensorSet, TensorSet> model, Signature signature, int most, LongSupplier nanoClock) {
        if (signature.inputs().isEmpty()
                || !signature.inputs().stream().allMatch(Signature.Value::isOpen)
                || !signature.outputs().stream().allMatch(Signature.Value::isOpen)) {
            return ONE_BY_ONE;
        }
        SplittableRandom random = new SplittableRandom(1);
        TensorSet first = example(signature, 1, random);
        TensorSet second = example(signature, 1, random);
        int mostRows = Math.min(most, mostRows(first));
        try {
            if (!isRowByRow(model, first, second)) {
                LOG.info("{}: requests run one by one, since two rows together do not give what each gives alone", id);
                return ONE_BY_ONE;
            }
            return cheapest(model, signature, mostRows, random, nanoClock);
        } catch (ModelException | RuntimeException e) {
            LOG.info("{}: requests run one by one, since an example of two rows fails: {}", id, e.getMessage());
            return ONE_BY_ONE;
        }
    }

    /** So many that an example of them has its place in memory. */
    static int mostRows(TensorSet row) {
        long bytes = row.tensors().values().stream()
                .mapToLong(tensor -> tensor.size() * tensor.type().bytes())
                .sum();
        return Math.clamp(MOST_BYTES / Math.max(1, bytes), 1, Integer.MAX_VALUE);
    }

    private static boolean isRowByRow(Model<TensorSet, TensorSet> model, TensorSet first, TensorSet second)
            throws ModelException {
        List<TensorSet> together = new RowBatches(model, 2).run(List.of(first, second));
        return isSame(together.get(0), model.run(List.of(first)).getFirst())
                && isSame(together.get(1), model.run(List.of(second)).getFirst());
    }

    private static boolean isSame(TensorSet left, TensorSet right) {
        for (Map.Entry<String, Tensor> entry : left.tensors().entrySet()) {
            Tensor other = right.tensors().get(entry.getKey());
            if (other == null || !other.shape().equals(entry.getValue().shape())) {
                return false;
            }
            if (!isSame(entry.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(Tensor left, Tensor right) {
        return switch (left.type()) {
            case FP32, FP64, FP16, BF16 -> isNear(left, right);
            case STRING -> left.strings().equals(right.strings());
            case BOOL, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64 ->
                left.data().equals(right.data());
        };
    }

    private static boolean isNear(Tensor left, Tensor right) {
        double greatest = 0;
        double apart = 0;
        for (int i = 0; i < left.size(); i++) {
            greatest = Math.max(greatest, Math.abs(right.number(i)));
            apart = Math.max(apart, Math.abs(left.number(i) - right.number(i)));
        }
        return apart <= TOLERANCE * greatest;
    }

    private static KnownBatches cheapest(
            Model<TensorSet, TensorSet> model,
            Signature signature,
            int most,
            SplittableRandom random,
            LongSupplier nanoClock)
            throws ModelException {
        TurnByTurn<TensorSet> turns = new TurnByTurn<>(model, nanoClock);
        int best = 1;
        for (int rows = 2; rows <= most; rows *= 2) {
            double ratio = turns.ratio(
                            List.of(example(signature, best, random)), List.of(example(signature, rows, random)))
                    .value();
            if (ratio * best / rows > WORTH) {
                break;
            }
            best = rows;
        }
        return new KnownBatches(best, new BatchCost(0, 0, Padding.NOWHERE), 0, turns.spread());
    }

    /** Inputs of a number of rows to measure a model with. */
    public static TensorSet example(Signature signature, int rows) {
        return example(signature, rows, new SplittableRandom(1));
    }

    /** Numbers from 0 to 1, which are ids of any table too, and masks that leave nothing out. Rows are taken where the first size is free. */
    private static TensorSet example(Signature signature, int rows, SplittableRandom random) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Signature.Value input : signature.inputs()) {
            List<Long> shape = new ArrayList<>(input.shape());
            if (input.isOpen()) {
                shape.set(0, (long) rows);
            }
            shape.replaceAll(size -> size < 0 ? FREE_SIZE : size);
            tensors.put(
                    input.name(),
                    input.isMask() ? MaskTensors.ones(input.type(), shape) : example(input.type(), shape, random));
        }
        return new TensorSet(tensors);
    }

    private static Tensor example(ElementType type, List<Long> shape, SplittableRandom random) {
        int count = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
        if (type == ElementType.STRING) {
            return Tensor.ofStrings(shape, Collections.nCopies(count, "a"));
        }
        ByteBuffer data = Tensor.allocate(type, shape);
        for (int i = 0; i < count; i++) {
            switch (type) {
                case FP32 -> data.putFloat((float) random.nextDouble());
                case FP64 -> data.putDouble(random.nextDouble());
                case FP16 -> data.putShort(Float.floatToFloat16((float) random.nextDouble()));
                case BF16 -> data.putShort((short) (Float.floatToIntBits((float) random.nextDouble()) >>> 16));
                case BOOL, INT8, UINT8 -> data.put((byte) random.nextInt(2));
                case INT16, UINT16 -> data.putShort((short) random.nextInt(2));
                case INT32, UINT32 -> data.putInt(random.nextInt(2));
                case INT64, UINT64 -> data.putLong(random.nextInt(2));
                case STRING -> throw new IllegalStateException("strings are no numbers");
            }
        }
        return Tensor.of(type, shape, data.flip());
    }
}
