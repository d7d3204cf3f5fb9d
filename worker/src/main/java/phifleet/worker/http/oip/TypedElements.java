package phifleet.worker.http.oip;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Tensor;
import phifleet.protocol.InferTensorContents;
import phifleet.worker.http.tensor.TensorJson;

/** Reads {@code InferTensorContents}: elements one by one, each checked to be one of its type. */
final class TypedElements {
    private final GrpcInput input;
    private final long wanted;
    private final ByteBuffer data;
    private final List<String> strings = new ArrayList<>();
    private long found;

    private TypedElements(GrpcInput input, long wanted) {
        this.input = input;
        this.wanted = wanted;
        this.data = Tensor.allocate(input.type(), List.of(wanted));
    }

    static Tensor read(GrpcInput input, ByteString contents) throws BadBody {
        int field = TypedContents.field(input.type());
        if (field == 0) {
            throw mistake(
                    input,
                    "has no field for elements of " + DataTypes.name(input.type())
                            + "; send them in raw_input_contents");
        }
        long wanted = TensorJson.count(input.shape());
        // An element takes a byte or more, a shape's size takes none.
        if (wanted > contents.size()) {
            throw mistake(
                    input,
                    "has " + contents.size() + " bytes, less than the " + wanted + " elements of the shape "
                            + input.shape());
        }
        TypedElements elements = new TypedElements(input, wanted);
        try {
            CodedInputStream in = GrpcEnvelope.open(contents);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (WireFormat.getTagFieldNumber(tag) == field) {
                    elements.take(in, WireFormat.getTagWireType(tag));
                } else if (WireFormat.getTagFieldNumber(tag) <= TypedContents.LAST_FIELD) {
                    throw mistake(
                            input,
                            "has elements in "
                                    + InferTensorContents.getDescriptor()
                                            .findFieldByNumber(WireFormat.getTagFieldNumber(tag))
                                            .getName()
                                    + "; those of " + DataTypes.name(input.type()) + " are in "
                                    + InferTensorContents.getDescriptor()
                                            .findFieldByNumber(field)
                                            .getName());
                } else {
                    in.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw GrpcEnvelope.malformed("InferTensorContents", e);
        }
        return elements.tensor();
    }

    private void take(CodedInputStream in, int wireType) throws IOException, BadBody {
        if (input.type() == ElementType.STRING || wireType != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            one(in);
            return;
        }
        int limit = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
            one(in);
        }
        in.popLimit(limit);
    }

    private void one(CodedInputStream in) throws IOException, BadBody {
        if (found == wanted) {
            throw mistake(input, "has more than the " + wanted + " elements of the shape " + input.shape());
        }
        switch (input.type()) {
            case FP32 -> data.putFloat(in.readFloat());
            case FP64 -> data.putDouble(in.readDouble());
            case INT8 -> data.put((byte) within(in.readInt32(), Byte.MIN_VALUE, Byte.MAX_VALUE));
            case UINT8 -> data.put((byte) within(Integer.toUnsignedLong(in.readUInt32()), 0, 0xff));
            case INT16 -> data.putShort((short) within(in.readInt32(), Short.MIN_VALUE, Short.MAX_VALUE));
            case UINT16 -> data.putShort((short) within(Integer.toUnsignedLong(in.readUInt32()), 0, 0xffff));
            case INT32 -> data.putInt(in.readInt32());
            case UINT32 -> data.putInt(in.readUInt32());
            case INT64 -> data.putLong(in.readInt64());
            case UINT64 -> data.putLong(in.readUInt64());
            case BOOL -> data.put((byte) (in.readBool() ? 1 : 0));
            case STRING -> strings.add(text(in.readBytes()));
            case FP16, BF16 -> throw new IllegalStateException("there is no field for them");
        }
        found++;
    }

    private long within(long value, long least, long most) throws BadBody {
        if (value < least || value > most) {
            throw mistake(
                    input,
                    "has element " + found + " of " + value + "; " + input.type() + " is from " + least + " to "
                            + most);
        }
        return value;
    }

    private String text(ByteString bytes) throws BadBody {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.asReadOnlyByteBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            throw mistake(input, "is not UTF-8 in string " + found);
        }
    }

    private Tensor tensor() throws BadBody {
        if (found != wanted) {
            throw mistake(input, "has " + found + " elements; the shape " + input.shape() + " wants " + wanted);
        }
        return input.type() == ElementType.STRING
                ? Tensor.ofStrings(input.shape(), strings)
                : Tensor.of(input.type(), input.shape(), data.flip());
    }

    private static BadBody mistake(GrpcInput input, String what) {
        String field = input.field() + ".contents";
        return BadBody.value(
                Problem.badRequest("invalid_value", "`" + field + "` of input '" + input.name() + "' " + what, field));
    }
}
