package phifleet.inference.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The numbers of a graph's weights, wherever they lie. */
public final class WeightBytes {
    // Numbers of fields in onnx.proto's TensorProto.
    private static final int FLOAT_DATA = 4;
    private static final int RAW = 9;

    private WeightBytes() {}

    /**
     * Finds them, without a copy.
     *
     * @param tensor a TensorProto
     * @param folder where the graph's file is
     * @return in their order, the least byte of each first; empty where they are written as single fields of another type
     * @throws IOException if a file beside the graph cannot be read, or is too short
     */
    public static ByteBuffer of(ByteBuffer tensor, Path folder) throws IOException {
        StoredWeight weight = StoredWeight.read(tensor);
        if (weight.file() != null) {
            try (FileChannel file = FileChannel.open(folder.resolve(weight.file()), StandardOpenOption.READ)) {
                long end = weight.end() == 0 ? file.size() : weight.end();
                return file.map(MapMode.READ_ONLY, weight.start(), end - weight.start())
                        .order(ByteOrder.LITTLE_ENDIAN);
            }
        }
        ProtoReader reader = new ProtoReader(tensor);
        while (reader.next()) {
            if ((reader.number() == RAW || reader.number() == FLOAT_DATA) && !reader.isFixed32()) {
                return reader.payload().order(ByteOrder.LITTLE_ENDIAN);
            }
        }
        return ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
    }
}
