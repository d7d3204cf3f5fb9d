package phifleet.worker.http.oip;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import phifleet.common.Problem;
import phifleet.http.endpoint.Reply;
import phifleet.http.grpc.GrpcCost;
import phifleet.http.grpc.GrpcFrames;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.protocol.ModelInferResponse;
import phifleet.protocol.ModelStreamInferResponse;

/**
 * Writes what a model gave as a {@code ModelInferResponse}, framed. Raw elements are not copied: they are the message's last
 * field, and go out behind what protobuf wrote.
 */
final class GrpcInferAnswer {
    private GrpcInferAnswer() {}

    /** Of a call of one message. */
    static Reply of(OipModel model, InferRequest request, TensorSet found) {
        List<ByteBuf> parts = parts(model, request, found);
        Buffer framed = joined(GrpcFrames.prefix(length(parts)), parts);
        return exchange -> GrpcFrames.answer(exchange, framed);
    }

    /**
     * Of a stream, where it is the field of another message.
     *
     * @param deviceNanos what it took of the device's time
     */
    static Buffer streamed(OipModel model, InferRequest request, TensorSet found, long deviceNanos) {
        List<ByteBuf> parts = parts(model, request, found);
        ByteBuf head = delimited(ModelStreamInferResponse.INFER_RESPONSE_FIELD_NUMBER, length(parts));
        parts.addFirst(head);
        parts.addFirst(((BufferInternal) GrpcCost.field(deviceNanos)).getByteBuf());
        return joined(GrpcFrames.prefix(length(parts)), parts);
    }

    /** What went wrong with a message of a stream, which goes on. */
    static Buffer refused(Problem problem, String model, String id) {
        ModelStreamInferResponse.Builder out =
                ModelStreamInferResponse.newBuilder().setErrorMessage(problem.message());
        if (!id.isEmpty()) {
            // By which the caller finds the request.
            out.getInferResponseBuilder().setModelName(model).setId(id);
        }
        return framed(out.build());
    }

    /** A message that protobuf writes whole. */
    static Buffer framed(com.google.protobuf.MessageLite message) {
        byte[] bytes = message.toByteArray();
        return GrpcFrames.prefix(bytes.length).appendBytes(bytes);
    }

    private static List<ByteBuf> parts(OipModel model, InferRequest request, TensorSet found) {
        ModelInferResponse.Builder head = ModelInferResponse.newBuilder()
                .setModelName(model.served().description().id())
                .setModelVersion(model.version());
        if (request.id() != null) {
            head.setId(request.id());
        }
        List<ByteBuf> tail = new ArrayList<>();
        for (InferRequest.Wanted wanted : request.outputs()) {
            Tensor whole = Objects.requireNonNull(found.get(wanted.name()));
            Tensor tensor = wanted.classes() == 0 ? whole : Classes.of(whole, model, wanted.classes());
            ModelInferResponse.InferOutputTensor.Builder output = head.addOutputsBuilder()
                    .setName(wanted.name())
                    .setDatatype(DataTypes.name(tensor.type()))
                    .addAllShape(tensor.shape());
            if (wanted.binary()) {
                ByteBuffer bytes = BinaryTensors.write(tensor);
                tail.add(delimited(ModelInferResponse.RAW_OUTPUT_CONTENTS_FIELD_NUMBER, bytes.remaining()));
                tail.add(Unpooled.wrappedBuffer(bytes));
            } else {
                output.setContents(TypedContents.write(tensor));
            }
        }
        List<ByteBuf> parts = new ArrayList<>();
        parts.add(Unpooled.wrappedBuffer(head.build().toByteArray()));
        parts.addAll(tail);
        return parts;
    }

    /** What stands before a field of so many bytes. */
    private static ByteBuf delimited(int field, int length) {
        int tag = field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
        byte[] head = new byte
                [CodedOutputStream.computeUInt32SizeNoTag(tag) + CodedOutputStream.computeUInt32SizeNoTag(length)];
        CodedOutputStream out = CodedOutputStream.newInstance(head);
        try {
            out.writeUInt32NoTag(tag);
            out.writeUInt32NoTag(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Unpooled.wrappedBuffer(head);
    }

    private static int length(List<ByteBuf> parts) {
        return Math.toIntExact(parts.stream().mapToLong(ByteBuf::readableBytes).sum());
    }

    private static Buffer joined(Buffer prefix, List<ByteBuf> parts) {
        parts.addFirst(((BufferInternal) prefix).getByteBuf());
        return BufferInternal.buffer(Unpooled.wrappedBuffer(parts.size(), parts.toArray(ByteBuf[]::new)));
    }
}
