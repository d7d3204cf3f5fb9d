package phifleet.inference.hub.torch;

import java.util.List;
import java.util.Map;
import phifleet.inference.model.ElementType;

/** What a pickle of tensors is made of. */
sealed interface PickleValue {

    /** Where a collection begins, on the stack alone. */
    record Mark() implements PickleValue {}

    record None() implements PickleValue {}

    record Flag(boolean value) implements PickleValue {}

    record Whole(long value) implements PickleValue {}

    record Text(String value) implements PickleValue {}

    /** A tuple. */
    record Row(List<PickleValue> items) implements PickleValue {
        public Row {
            items = List.copyOf(items);
        }
    }

    /** A dictionary, which is filled while the pickle is read. */
    record Names(Map<String, PickleValue> entries) implements PickleValue {}

    /** A function or class, by its name alone. */
    record Global(String name) implements PickleValue {}

    /**
     * Numbers in a file of the archive.
     *
     * @param key the file's name
     * @param size how many there are
     */
    record Storage(ElementType type, String key, long size) implements PickleValue {}

    /**
     * A tensor.
     *
     * @param offset its first number in the storage
     * @param strides numbers from one place of an axis to the next
     */
    record Stored(Storage storage, long offset, List<Long> shape, List<Long> strides) implements PickleValue {
        public Stored {
            shape = List.copyOf(shape);
            strides = List.copyOf(strides);
        }
    }
}
