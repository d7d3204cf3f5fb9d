package phifleet.worker.http.oip;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.JsonOutput;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.worker.http.tensor.TensorJson;

/** Writes what a model gave: JSON, and behind it the bytes of what is wanted so. */
final class InferAnswer {
    static final CharSequence HEADER_LENGTH = HttpHeaders.createOptimized("Inference-Header-Content-Length");
    private static final CharSequence BINARY = HttpHeaders.createOptimized("application/octet-stream");

    private InferAnswer() {}

    /** Writes it all on the calling thread, and releases the outputs once nobody needs them. */
    static Reply of(OipModel model, InferRequest request, TensorSet found) {
        JsonOutput out = new JsonOutput(1024).beginObject();
        out.member("model_name").string(model.served().description().id());
        out.member("model_version").string(model.version());
        if (request.id() != null) {
            out.member("id").string(request.id());
        }
        out.member("outputs").beginList();
        List<ByteBuffer> tail = new ArrayList<>();
        for (InferRequest.Wanted wanted : request.outputs()) {
            Tensor whole = Objects.requireNonNull(found.get(wanted.name()));
            Tensor tensor = wanted.classes() == 0 ? whole : Classes.of(whole, model, wanted.classes());
            out.beginObject().member("name").string(wanted.name());
            out.member("datatype").string(DataTypes.name(tensor.type()));
            out.member("shape").beginList();
            tensor.shape().forEach(size -> out.number(size));
            out.endList();
            if (wanted.binary()) {
                ByteBuffer bytes = BinaryTensors.write(tensor);
                tail.add(bytes);
                out.member("parameters")
                        .beginObject()
                        .member("binary_data_size")
                        .number(bytes.remaining());
                out.endObject();
            } else {
                TensorJson.write(tensor, out.member("data"));
            }
            out.endObject();
        }
        out.endList().endObject();
        if (tail.isEmpty()) {
            found.release();
            return exchange -> exchange.answer(out);
        }
        String head = Integer.toString(out.size());
        Buffer body = joined(out.takeLast(), tail);
        return exchange -> {
            exchange.response().putHeader(HEADER_LENGTH, head);
            exchange.answer(200, BINARY, body, found::release);
        };
    }

    private static Buffer joined(Buffer json, List<ByteBuffer> tail) {
        ByteBuf[] parts = new ByteBuf[tail.size() + 1];
        parts[0] = ((BufferInternal) json).getByteBuf();
        for (int i = 0; i < tail.size(); i++) {
            parts[i + 1] = Unpooled.wrappedBuffer(tail.get(i));
        }
        return BufferInternal.buffer(Unpooled.wrappedBuffer(parts.length, parts));
    }
}
