package phifleet.inference.tensor;

import java.nio.ByteBuffer;
import java.util.List;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorMemory;

/** Tensors of ones where something counts and zeros elsewhere, in whole numbers of any type. */
final class MaskTensors {
    private MaskTensors() {}

    /** One that leaves nothing out. */
    static Tensor ones(ElementType type, List<Long> shape) {
        ByteBuffer data = Tensor.allocate(type, shape);
        while (data.hasRemaining()) {
            put(type, 1, data);
        }
        return Tensor.of(type, shape, data.flip());
    }

    /** Of one input with ones in its left upper corner, in memory that can be released. */
    static Tensor corner(ElementType type, int height, int width, int shownHeight, int shownWidth) {
        Tensor mask = TensorMemory.ofProcess().tensor(type, List.of(1L, (long) height, (long) width));
        ByteBuffer data = mask.data();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                put(type, y < shownHeight && x < shownWidth ? 1 : 0, data);
            }
        }
        return mask;
    }

    private static void put(ElementType type, int value, ByteBuffer to) {
        switch (type.bytes()) {
            case Byte.BYTES -> to.put((byte) value);
            case Short.BYTES -> to.putShort((short) value);
            case Integer.BYTES -> to.putInt(value);
            case Long.BYTES -> to.putLong(value);
            default -> throw new IllegalArgumentException("a mask of " + type);
        }
    }
}
