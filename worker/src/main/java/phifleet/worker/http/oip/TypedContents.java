package phifleet.worker.http.oip;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Tensor;
import phifleet.protocol.InferTensorContents;

/** Elements in the fields that {@code InferTensorContents} has for their types. */
final class TypedContents {
    /** The greatest number of those fields. */
    static final int LAST_FIELD = InferTensorContents.BYTES_CONTENTS_FIELD_NUMBER;

    private TypedContents() {}

    /** The number of the field for a type; 0 for types that have none. */
    static int field(ElementType type) {
        return switch (type) {
            case BOOL -> InferTensorContents.BOOL_CONTENTS_FIELD_NUMBER;
            case INT8, INT16, INT32 -> InferTensorContents.INT_CONTENTS_FIELD_NUMBER;
            case INT64 -> InferTensorContents.INT64_CONTENTS_FIELD_NUMBER;
            case UINT8, UINT16, UINT32 -> InferTensorContents.UINT_CONTENTS_FIELD_NUMBER;
            case UINT64 -> InferTensorContents.UINT64_CONTENTS_FIELD_NUMBER;
            case FP32 -> InferTensorContents.FP32_CONTENTS_FIELD_NUMBER;
            case FP64 -> InferTensorContents.FP64_CONTENTS_FIELD_NUMBER;
            case STRING -> InferTensorContents.BYTES_CONTENTS_FIELD_NUMBER;
            case FP16, BF16 -> 0;
        };
    }

    static InferTensorContents write(Tensor tensor) {
        InferTensorContents.Builder out = InferTensorContents.newBuilder();
        ByteBuffer data = tensor.data();
        int size = Math.toIntExact(tensor.size());
        for (int i = 0; i < size; i++) {
            switch (tensor.type()) {
                case BOOL -> out.addBoolContents(data.get() != 0);
                case INT8 -> out.addIntContents(data.get());
                case INT16 -> out.addIntContents(data.getShort());
                case INT32 -> out.addIntContents(data.getInt());
                case INT64 -> out.addInt64Contents(data.getLong());
                case UINT8 -> out.addUintContents(data.get() & 0xff);
                case UINT16 -> out.addUintContents(data.getShort() & 0xffff);
                case UINT32 -> out.addUintContents(data.getInt());
                case UINT64 -> out.addUint64Contents(data.getLong());
                case FP32 -> out.addFp32Contents(data.getFloat());
                case FP64 -> out.addFp64Contents(data.getDouble());
                case STRING ->
                    out.addBytesContents(
                            ByteString.copyFromUtf8(tensor.strings().get(i)));
                case FP16, BF16 -> throw new IllegalArgumentException("there is no field for " + tensor.type());
            }
        }
        return out.build();
    }
}
