package phifleet.worker.http.oip;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import java.io.IOException;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.protocol.InferParameter;

/** An entry of {@code parameters}. Those that nobody knows are passed over, as over HTTP. */
record GrpcParameter(String key, InferParameter value) {
    /** Fields of an entry of a map, as protobuf numbers them. */
    private static final int KEY = 1;

    private static final int VALUE = 2;

    static GrpcParameter read(ByteString entry) throws IOException {
        String key = "";
        InferParameter.Builder value = InferParameter.newBuilder();
        CodedInputStream in = GrpcEnvelope.open(entry);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (GrpcEnvelope.field(tag)) {
                case KEY -> key = in.readStringRequireUtf8();
                case VALUE -> in.readMessage(value, ExtensionRegistryLite.getEmptyRegistry());
                default -> in.skipField(tag);
            }
        }
        return new GrpcParameter(key, value.build());
    }

    void refuseSharedMemory(String field) throws BadBody {
        if (key.startsWith("shared_memory_")) {
            throw BadBody.value(SharedMemory.refusal(field + ".parameters." + key));
        }
    }

    /** How many classes are wanted of an output. */
    int classes(String field) throws BadBody {
        long classes = value.getInt64Param();
        if (!value.hasInt64Param() || classes < 0 || classes > Integer.MAX_VALUE) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "`" + field + ".parameters." + key + "` must be an int64_param from 0 to " + Integer.MAX_VALUE,
                    field));
        }
        return (int) classes;
    }
}
