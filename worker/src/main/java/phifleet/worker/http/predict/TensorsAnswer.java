package phifleet.worker.http.predict;

import java.util.List;
import java.util.Objects;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.JsonOutput;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.tensor.TensorModel;
import phifleet.worker.http.tensor.TensorJson;

/** Writes {@code {"model", "outputs": {name: {"shape", "data"}}, "processing_time_ms"}}, each tensor's elements as one flat list. */
final class TensorsAnswer {
    private TensorsAnswer() {}

    /** Writes it all on the calling thread. */
    static Reply of(TensorModel model, List<String> wanted, TensorSet found, long startNanos) {
        JsonOutput out = new JsonOutput(1024).beginObject();
        out.member("model").string(model.description().id());
        out.member("outputs").beginObject();
        for (String name : wanted) {
            Tensor tensor = Objects.requireNonNull(found.get(name));
            out.anyMember(name).beginObject();
            out.member("shape").beginList();
            tensor.shape().forEach(size -> out.number(size));
            out.endList();
            TensorJson.write(tensor, out.member("data"));
            out.endObject();
        }
        out.endObject();
        out.member("processing_time_ms").millis(System.nanoTime() - startNanos);
        out.endObject();
        return exchange -> exchange.answer(out);
    }
}
