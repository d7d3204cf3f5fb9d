package phifleet.worker.http.oip;

import java.util.List;
import java.util.Map;
import phifleet.http.json.JsonOutput;
import phifleet.inference.ServedModel;

/** Triton's statistics extension in JSON. */
final class Statistics {
    private Statistics() {}

    static JsonOutput of(List<ServedModel> models) {
        JsonOutput out = new JsonOutput(1024).beginObject();
        out.member("model_stats").beginList();
        for (ServedModel model : models) {
            InferCounts counts = InferCounts.of(model);
            out.beginObject().member("name").string(model.description().id());
            out.member("version").string(model.description().version());
            out.member("last_inference").number(counts.lastMillis());
            out.member("inference_count").number(counts.inferences());
            out.member("execution_count").number(counts.executions());
            out.member("inference_stats").beginObject();
            duration("success", counts.success(), out);
            duration("fail", counts.fail(), out);
            duration("queue", counts.queue(), out);
            duration("compute_input", counts.compute().untimed(), out);
            duration("compute_infer", counts.compute(), out);
            duration("compute_output", counts.compute().untimed(), out);
            duration("cache_hit", InferCounts.Span.NONE, out);
            duration("cache_miss", InferCounts.Span.NONE, out);
            out.endObject();
            out.member("batch_stats").beginList();
            for (Map.Entry<Integer, InferCounts.Span> size : counts.bySize().entrySet()) {
                out.beginObject().member("batch_size").number(size.getKey());
                duration("compute_input", size.getValue().untimed(), out);
                duration("compute_infer", size.getValue(), out);
                duration("compute_output", size.getValue().untimed(), out);
                out.endObject();
            }
            out.endList().endObject();
        }
        return out.endList().endObject();
    }

    private static void duration(String name, InferCounts.Span span, JsonOutput out) {
        out.member(name).beginObject().member("count").number(span.count());
        out.member("ns").number(span.nanos()).endObject();
    }
}
