package phifleet.worker.http.oip;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.protocol.ModelInferRequest;

/**
 * A {@code ModelInferRequest} by its outermost fields. The parts are slices of the message, not copied and not read, so that a
 * message never takes more memory than it has bytes before its model is known: read by protobuf's own classes, empty inputs of
 * two bytes each would take a hundred.
 *
 * @param id the caller's own name for the request; empty for none
 * @param inputs messages of {@code InferInputTensor}
 * @param outputs messages of {@code InferRequestedOutputTensor}
 * @param raw the inputs' bytes
 */
record GrpcEnvelope(
        String model,
        String version,
        String id,
        List<ByteString> inputs,
        List<ByteString> outputs,
        List<ByteString> raw) {
    /** No model has so many inputs or outputs. */
    private static final int MOST_PARTS = 1024;

    /**
     * Reads a message.
     *
     * @param message not to be kept longer than the envelope
     */
    static GrpcEnvelope read(ByteBuffer message) throws BadBody {
        String model = "";
        String version = "";
        String id = "";
        List<ByteString> inputs = new ArrayList<>();
        List<ByteString> outputs = new ArrayList<>();
        List<ByteString> raw = new ArrayList<>();
        try {
            CodedInputStream in = open(UnsafeByteOperations.unsafeWrap(message));
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (field(tag)) {
                    case ModelInferRequest.MODEL_NAME_FIELD_NUMBER -> model = in.readStringRequireUtf8();
                    case ModelInferRequest.MODEL_VERSION_FIELD_NUMBER -> version = in.readStringRequireUtf8();
                    case ModelInferRequest.ID_FIELD_NUMBER -> id = in.readStringRequireUtf8();
                    case ModelInferRequest.INPUTS_FIELD_NUMBER -> add(in.readBytes(), inputs, "inputs");
                    case ModelInferRequest.OUTPUTS_FIELD_NUMBER -> add(in.readBytes(), outputs, "outputs");
                    case ModelInferRequest.RAW_INPUT_CONTENTS_FIELD_NUMBER ->
                        add(in.readBytes(), raw, "raw_input_contents");
                    default -> in.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw malformed("ModelInferRequest", e);
        }
        return new GrpcEnvelope(model, version, id, inputs, outputs, raw);
    }

    /** A reader whose strings of bytes are slices. */
    static CodedInputStream open(ByteString bytes) {
        CodedInputStream in = bytes.newCodedInput();
        in.enableAliasing(true);
        return in;
    }

    /** The number of a field whose value is strings, bytes or a message; 0 for another, which is to be skipped. */
    static int field(int tag) {
        return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
                ? WireFormat.getTagFieldNumber(tag)
                : 0;
    }

    static BadBody malformed(String name, IOException cause) {
        return BadBody.value(
                Problem.badRequest("malformed_body", "the message is no " + name + ": " + cause.getMessage(), null));
    }

    private static void add(ByteString part, List<ByteString> parts, String field) throws BadBody {
        if (parts.size() == MOST_PARTS) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value", "`" + field + "` has more than " + MOST_PARTS + " entries", field));
        }
        parts.add(part);
    }
}
