package phifleet.worker.http.oip;

import java.util.List;
import java.util.Map;
import phifleet.http.json.JsonOutput;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.LaneStatistics;

/** Triton's statistics extension, from what the lanes counted. Times that are not measured apart are 0. */
final class Statistics {
    private Statistics() {}

    static JsonOutput of(List<ServedModel> models) {
        JsonOutput out = new JsonOutput(1024).beginObject();
        out.member("model_stats").beginList();
        for (ServedModel model : models) {
            LaneStatistics.Totals totals = model.statistics();
            out.beginObject().member("name").string(model.description().id());
            out.member("version").string(model.description().version());
            out.member("last_inference").number(totals.lastMillis());
            out.member("inference_count").number(totals.inputs());
            out.member("execution_count").number(totals.batches());
            out.member("inference_stats").beginObject();
            duration("success", totals.completed(), totals.queueNanos() + totals.computeNanos(), out);
            duration("fail", totals.dropped(), 0, out);
            duration("queue", totals.started(), totals.queueNanos(), out);
            duration("compute_input", totals.batches(), 0, out);
            duration("compute_infer", totals.batches(), totals.computeNanos(), out);
            duration("compute_output", totals.batches(), 0, out);
            duration("cache_hit", 0, 0, out);
            duration("cache_miss", 0, 0, out);
            out.endObject();
            out.member("batch_stats").beginList();
            for (Map.Entry<Integer, LaneStatistics.Batches> size :
                    totals.bySize().entrySet()) {
                out.beginObject().member("batch_size").number(size.getKey());
                duration("compute_input", size.getValue().count(), 0, out);
                duration(
                        "compute_infer",
                        size.getValue().count(),
                        size.getValue().nanos(),
                        out);
                duration("compute_output", size.getValue().count(), 0, out);
                out.endObject();
            }
            out.endList().endObject();
        }
        return out.endList().endObject();
    }

    private static void duration(String name, long count, long nanos, JsonOutput out) {
        out.member(name).beginObject().member("count").number(count);
        out.member("ns").number(nanos).endObject();
    }
}
