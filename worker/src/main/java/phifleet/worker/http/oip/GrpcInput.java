package phifleet.worker.http.oip;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonInput;
import phifleet.inference.model.ElementType;
import phifleet.protocol.ModelInferRequest.InferInputTensor;

/**
 * An {@code InferInputTensor}.
 *
 * @param field its place in the request
 * @param contents its elements where they are in it, not read yet; null where there are none
 */
record GrpcInput(
        String field,
        String name,
        ElementType type,
        List<Long> shape,
        @Nullable ByteString contents) {
    private static final int MOST_AXES = 64;

    static GrpcInput read(ByteString message, int index) throws BadBody {
        String field = JsonInput.path("inputs", index);
        String name = "";
        String type = "";
        ByteString contents = null;
        List<Long> shape = new ArrayList<>();
        try {
            CodedInputStream in = GrpcEnvelope.open(message);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (WireFormat.getTagFieldNumber(tag) == InferInputTensor.SHAPE_FIELD_NUMBER) {
                    shape(in, tag, field, shape);
                    continue;
                }
                switch (GrpcEnvelope.field(tag)) {
                    case InferInputTensor.NAME_FIELD_NUMBER -> name = in.readStringRequireUtf8();
                    case InferInputTensor.DATATYPE_FIELD_NUMBER -> type = in.readStringRequireUtf8();
                    case InferInputTensor.PARAMETERS_FIELD_NUMBER ->
                        GrpcParameter.read(in.readBytes()).refuseSharedMemory(field);
                    case InferInputTensor.CONTENTS_FIELD_NUMBER ->
                        contents = contents == null ? in.readBytes() : contents.concat(in.readBytes());
                    default -> in.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw GrpcEnvelope.malformed("InferInputTensor", e);
        }
        return new GrpcInput(field, name, type(type, field), List.copyOf(shape), contents);
    }

    private static void shape(CodedInputStream in, int tag, String field, List<Long> shape)
            throws IOException, BadBody {
        if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            int limit = in.pushLimit(in.readRawVarint32());
            while (in.getBytesUntilLimit() > 0) {
                axis(in.readInt64(), field, shape);
            }
            in.popLimit(limit);
        } else if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
            axis(in.readInt64(), field, shape);
        } else {
            in.skipField(tag);
        }
    }

    private static void axis(long size, String field, List<Long> shape) throws BadBody {
        if (size < 0 || size > Integer.MAX_VALUE || shape.size() == MOST_AXES) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "`" + field + ".shape` must be at most " + MOST_AXES + " sizes from 0 to " + Integer.MAX_VALUE
                            + ", and has " + (shape.size() == MOST_AXES ? "more" : String.valueOf(size)),
                    field + ".shape"));
        }
        shape.add(size);
    }

    private static ElementType type(String name, String field) throws BadBody {
        ElementType type = DataTypes.find(name).orElse(null);
        if (type == null) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "`" + field + ".datatype` must be " + DataTypes.ONE_OF + ", was '" + Excerpt.of(name) + "'",
                    field + ".datatype"));
        }
        return type;
    }
}
