package phifleet.worker.http;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import phifleet.inference.model.ElementType;
import phifleet.protocol.ModelInferRequest;

/** Requests for the example of Triton's own: two inputs of INT32, their sum and their difference. */
final class GrpcRequests {
    private GrpcRequests() {}

    static ModelInferRequest.InferInputTensor.Builder ints(String name, int... values) {
        ModelInferRequest.InferInputTensor.Builder input = ModelInferRequest.InferInputTensor.newBuilder()
                .setName(name)
                .setDatatype("INT32")
                .addShape(1)
                .addShape(values.length);
        for (int value : values) {
            input.getContentsBuilder().addIntContents(value);
        }
        return input;
    }

    static ModelInferRequest.Builder simple() {
        return ModelInferRequest.newBuilder()
                .setModelName("simple")
                .setId("7")
                .addInputs(ints("INPUT0", 1, 2, 3, 4))
                .addInputs(ints("INPUT1", 10, 20, 30, 40));
    }

    static ByteString bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            buffer.putInt(value);
        }
        return ByteString.copyFrom(buffer.flip());
    }

    static ModelInferRequest rawSimple() {
        ModelInferRequest.Builder request = simple();
        request.getInputsBuilder(0).clearContents();
        request.getInputsBuilder(1).clearContents();
        return request.addRawInputContents(bytes(1, 2, 3, 4))
                .addRawInputContents(bytes(10, 20, 30, 40))
                .build();
    }

    static ModelInferRequest.Builder echo(ElementType type) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("echo_" + type);
        request.addInputsBuilder()
                .setName("x")
                .setDatatype(type == ElementType.STRING ? "BYTES" : type.name())
                .addShape(1)
                .addShape(1);
        return request;
    }
}
