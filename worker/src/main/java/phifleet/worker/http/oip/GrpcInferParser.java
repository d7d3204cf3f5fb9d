package phifleet.worker.http.oip;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.protocol.ModelInferRequest.InferRequestedOutputTensor;

/** Reads inference requests of gRPC: elements raw for all inputs, or in the typed fields of each. */
final class GrpcInferParser {
    private static final String CLASSES = "classification";

    private GrpcInferParser() {}

    static InferRequest parse(GrpcEnvelope request, OipModel model) throws BadBody {
        TensorSet inputs = inputs(request, model);
        // As it came, so it goes; what came typed may still have outputs that only go raw.
        boolean raw = !request.raw().isEmpty()
                || model.signature().outputs().stream()
                        .anyMatch(output -> output.type() == ElementType.FP16 || output.type() == ElementType.BF16);
        return new InferRequest(
                request.id().isEmpty() ? null : request.id(), inputs, outputs(request.outputs(), model, raw));
    }

    private static TensorSet inputs(GrpcEnvelope request, OipModel model) throws BadBody {
        SignatureFit fit = new SignatureFit(model);
        int count = request.inputs().size();
        fit.most(count);
        if (!request.raw().isEmpty() && request.raw().size() != count) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "`raw_input_contents` has " + request.raw().size() + " entries for " + count
                            + " inputs; it must have one for each, or none",
                    "raw_input_contents"));
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            GrpcInput input = GrpcInput.read(request.inputs().get(i), i);
            Signature.Value expected = fit.input(input.name(), input.type(), input.shape(), input.field());
            ByteString raw = request.raw().isEmpty() ? null : request.raw().get(i);
            SignatureFit.add(expected.name(), tensor(input, raw), tensors);
        }
        return fit.whole(tensors);
    }

    private static Tensor tensor(GrpcInput input, @Nullable ByteString raw) throws BadBody {
        ByteString contents = input.contents();
        if (raw == null) {
            return TypedElements.read(input, contents == null ? ByteString.EMPTY : contents);
        }
        if (contents != null) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "`" + input.field() + "` has both `contents` and an entry of `raw_input_contents`",
                    input.field()));
        }
        return BinaryTensors.read(input.name(), input.type(), input.shape(), raw.asReadOnlyByteBuffer());
    }

    private static List<InferRequest.Wanted> outputs(List<ByteString> messages, OipModel model, boolean raw)
            throws BadBody {
        if (messages.isEmpty()) {
            return model.signature().outputs().stream()
                    .map(output -> new InferRequest.Wanted(output.name(), raw, 0))
                    .toList();
        }
        List<InferRequest.Wanted> outputs = new ArrayList<>();
        for (ByteString message : messages) {
            String field = JsonInput.path("outputs", outputs.size());
            InferRequest.Wanted wanted = output(message, field, raw);
            Classes.require(new SignatureFit(model).output(wanted.name(), outputs, field), wanted.classes(), field);
            outputs.add(wanted);
        }
        return outputs;
    }

    private static InferRequest.Wanted output(ByteString message, String field, boolean raw) throws BadBody {
        String name = "";
        int classes = 0;
        try {
            CodedInputStream in = GrpcEnvelope.open(message);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (GrpcEnvelope.field(tag)) {
                    case InferRequestedOutputTensor.NAME_FIELD_NUMBER -> name = in.readStringRequireUtf8();
                    case InferRequestedOutputTensor.PARAMETERS_FIELD_NUMBER -> {
                        GrpcParameter parameter = GrpcParameter.read(in.readBytes());
                        parameter.refuseSharedMemory(field);
                        classes = parameter.key().equals(CLASSES) ? parameter.classes(field) : classes;
                    }
                    default -> in.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw GrpcEnvelope.malformed("InferRequestedOutputTensor", e);
        }
        return new InferRequest.Wanted(name, raw, classes);
    }
}
