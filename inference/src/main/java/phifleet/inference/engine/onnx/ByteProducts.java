package phifleet.inference.engine.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import phifleet.inference.engine.onnx.session.OnnxSession;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.engine.onnx.session.SessionSettings;
import phifleet.inference.graph.RowInt8;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/**
 * Whether this processor adds products of bytes exactly. Those of x86 without VNNI add two of them in 16 bits first, which is not
 * enough for the greatest (ONNX Runtime, "Quantize ONNX Models": use 7 bits for weights there). The engine is asked.
 */
final class ByteProducts {
    private static final int ROWS = 8;
    private static final int WIDTH = 64;
    private static final int GREATEST = 255;
    private static final int EXACT = 127;
    private static final int NARROW = 63;

    private ByteProducts() {}

    /** The greatest absolute weight whose products are exact. */
    static int most() throws ModelException {
        Tensor rows = filled(ElementType.UINT8, ROWS, (byte) GREATEST);
        Tensor weights = filled(ElementType.INT8, WIDTH, (byte) EXACT);
        try (OnnxSession session =
                OnnxSession.open("a product of bytes", RowInt8.product(), SessionSettings.on(Provider.PLAIN_CPU))) {
            Map<String, Tensor> found = session.run(Map.of("rows", rows, "weights", weights), List.of("result"));
            int product = Objects.requireNonNull(found.get("result")).data().getInt(0);
            return product == WIDTH * GREATEST * EXACT ? EXACT : NARROW;
        }
    }

    private static Tensor filled(ElementType type, int rows, byte value) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(rows * WIDTH).order(ByteOrder.nativeOrder());
        for (int i = 0; i < bytes.capacity(); i++) {
            bytes.put(i, value);
        }
        return Tensor.of(type, List.of((long) rows, (long) WIDTH), bytes);
    }
}
