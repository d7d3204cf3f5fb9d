package phifleet.worker.http;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.LaneState;
import phifleet.worker.http.oip.InferCounts;

/**
 * What lanes count under the names of Triton's own metrics, so that its dashboards can be pointed here
 * (docs.nvidia.com, Triton Inference Server, "Metrics"). Counters without the suffix that OpenMetrics asks for, as Triton has them;
 * times in microseconds; 0 where nothing is measured apart.
 */
final class TritonMetrics {
    private static final List<Family> FAMILIES = List.of(
            counter(
                    "request_success",
                    "Requests that were answered",
                    model -> counts(model).success().count()),
            counter(
                    "request_failure",
                    "Requests that were taken and not answered",
                    model -> counts(model).fail().count()),
            counter("count", "Inputs that ran", model -> counts(model).inferences()),
            counter("exec_count", "Batches that ran", model -> counts(model).executions()),
            counter(
                    "request_duration_us",
                    "Queueing and computing",
                    model -> micros(counts(model).success())),
            counter(
                    "queue_duration_us",
                    "Waiting",
                    model -> micros(counts(model).queue())),
            counter("compute_input_duration_us", "Not measured apart", model -> 0),
            counter(
                    "compute_infer_duration_us",
                    "Inside the model",
                    model -> micros(counts(model).compute())),
            counter("compute_output_duration_us", "Not measured apart", model -> 0),
            new Family(
                    "nv_inference_pending_request_count",
                    "gauge",
                    "Inputs that wait",
                    model -> model.lanes().stream()
                            .mapToLong(LaneState::queuedItems)
                            .sum()));

    private record Family(String name, String type, String help, ToLongFunction<ServedModel> value) {}

    private TritonMetrics() {}

    /** Prometheus text, a line a model and name. */
    static String of(List<ServedModel> models) {
        StringBuilder text = new StringBuilder();
        for (Family family : FAMILIES) {
            text.append("# HELP ")
                    .append(family.name)
                    .append(' ')
                    .append(family.help)
                    .append('\n');
            text.append("# TYPE ")
                    .append(family.name)
                    .append(' ')
                    .append(family.type)
                    .append('\n');
            for (ServedModel model : models) {
                text.append(String.format(
                        Locale.ROOT,
                        "%s{model=\"%s\",version=\"%s\"} %d\n",
                        family.name,
                        model.description().id().replace("\\", "\\\\").replace("\"", "\\\""),
                        model.description().version(),
                        family.value.applyAsLong(model)));
            }
        }
        return text.toString();
    }

    private static Family counter(String name, String help, ToLongFunction<ServedModel> value) {
        return new Family("nv_inference_" + name, "counter", help, value);
    }

    private static InferCounts counts(ServedModel model) {
        return InferCounts.of(model);
    }

    private static long micros(InferCounts.Span span) {
        return span.nanos() / 1000;
    }
}
