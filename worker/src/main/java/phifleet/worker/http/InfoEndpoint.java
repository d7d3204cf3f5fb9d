package phifleet.worker.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.json.JsonOutput;
import phifleet.inference.ServedModel;
import phifleet.inference.gpu.GpuReading;
import phifleet.inference.lane.LaneState;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Task;
import phifleet.inference.model.WorkUnit;
import phifleet.inference.tensor.TensorModel;
import phifleet.inference.text.SentenceEncoder;
import phifleet.worker.http.state.WorkerIdentity;
import phifleet.worker.http.state.WorkerState;
import phifleet.worker.http.state.WorkerView;

/** {@code GET /info}: who the worker is, what it has, and how busy it is. */
final class InfoEndpoint implements Endpoint {
    private final WorkerView worker;
    private final HttpSettings settings;
    private final Supplier<Optional<GpuReading>> gpu;

    InfoEndpoint(WorkerView worker, HttpSettings settings, Supplier<Optional<GpuReading>> gpu) {
        this.worker = worker;
        this.settings = settings;
        this.gpu = gpu;
    }

    @Override
    public void handle(Exchange exchange) {
        WorkerIdentity identity = worker.identity();
        WorkerState state = worker.state();
        JsonOutput out = new JsonOutput(2048);
        out.raw("{\"worker_id\":").string(identity.id());
        out.raw(",\"device\":").string(device(identity, state));
        out.raw(",\"status\":\"").raw(state.phase().label()).raw('"');
        out.raw(",\"version\":").string(identity.version());
        out.raw(",\"started_at\":").string(identity.startedAt().toString());
        engines(state, out);
        gpu.get().ifPresent(reading -> gpu(reading, out));
        models(state, out);
        queue(state, out);
        limits(settings, out);
        exchange.answer(out.raw('}'));
    }

    /** Where the default model runs, which need not be where it was tried first. */
    private static String device(WorkerIdentity identity, WorkerState state) {
        List<ServedModel> models = state.models().all();
        return models.isEmpty()
                ? identity.expectedDevice()
                : models.getFirst().description().device().label();
    }

    /** Those that run a model. */
    private static void engines(WorkerState state, JsonOutput out) {
        Map<String, String> versions = new LinkedHashMap<>();
        for (ServedModel model : state.models().all()) {
            versions.put(model.description().engine(), model.description().engineVersion());
        }
        out.raw(",\"engines\":[");
        String comma = "";
        for (Map.Entry<String, String> engine : versions.entrySet()) {
            out.raw(comma).raw("{\"name\":").string(engine.getKey());
            out.raw(",\"version\":").string(engine.getValue()).raw('}');
            comma = ",";
        }
        out.raw(']');
    }

    private static void gpu(GpuReading gpu, JsonOutput out) {
        out.raw(",\"gpu\":{\"name\":").string(gpu.name()).raw(",\"uuid\":").string(gpu.uuid());
        number("memory_total_bytes", gpu.memoryTotalBytes(), out);
        number("memory_used_bytes", gpu.memoryUsedBytes(), out);
        number("utilization_percent", gpu.utilizationPercent(), out);
        number("temperature_celsius", gpu.temperatureCelsius(), out);
        number("power_watts", gpu.powerWatts(), out);
        out.raw('}');
    }

    private static void number(String name, @Nullable Number value, JsonOutput out) {
        if (value != null) {
            out.raw(",\"").raw(name).raw("\":").raw(value.toString());
        }
    }

    private static void models(WorkerState state, JsonOutput out) {
        out.raw(",\"models\":[");
        String comma = "";
        for (ServedModel served : state.models().all()) {
            ModelDescription model = served.description();
            out.raw(comma).raw("{\"name\":").string(model.id()).raw(",\"aliases\":");
            strings(model.aliases(), out);
            out.raw(",\"kind\":").string(model.task().label());
            out.raw(",\"engine\":").string(model.engine());
            out.raw(",\"device\":").string(model.device().label());
            out.raw(",\"precision\":").string(model.precision().label());
            switch (served) {
                case SentenceEncoder encoder -> encoder(encoder, out);
                case TensorModel tensors -> tensors(tensors, out);
                default -> {}
            }
            out.raw(",\"reproducible\":")
                    .raw(Boolean.toString(model.reproducible()))
                    .raw('}');
            comma = ",";
        }
        out.raw(']');
    }

    private static void encoder(SentenceEncoder encoder, JsonOutput out) {
        Task.SentenceEncoding task = encoder.task();
        out.raw(",\"dimension\":").number(encoder.dimension());
        out.raw(",\"max_tokens\":").number(task.input().maxTokens());
        out.raw(",\"pooling\":").string(task.pooling().label());
        out.raw(",\"normalize\":").raw(Boolean.toString(task.normalize()));
        out.raw(",\"prompt_names\":");
        strings(task.promptNames(), out);
        out.raw(",\"decisions\":");
        strings(task.recipe().decisions(), out);
    }

    private static void tensors(TensorModel model, JsonOutput out) {
        out.raw(",\"max_batch_size\":").number(model.maxRows());
        out.raw(",\"labels\":").number(model.description().task().labels().size());
        values("inputs", model.signature().inputs(), out);
        values("outputs", model.signature().outputs(), out);
    }

    private static void values(String name, List<Signature.Value> values, JsonOutput out) {
        out.raw(",\"").raw(name).raw("\":").beginList();
        for (Signature.Value value : values) {
            out.beginObject().member("name").string(value.name());
            out.member("type").string(value.type().name());
            out.member("shape").beginList();
            value.shape().forEach(size -> out.separated().number(size));
            out.endList().endObject();
        }
        out.endList();
    }

    private static void strings(Iterable<String> values, JsonOutput out) {
        out.raw('[');
        String comma = "";
        for (String value : values) {
            out.raw(comma).string(value);
            comma = ",";
        }
        out.raw(']');
    }

    /** The lanes together, then each. Work of different units is not summed. */
    private static void queue(WorkerState state, JsonOutput out) {
        List<ServedModel> models = state.models().all();
        List<LaneState> lanes = models.stream().map(ServedModel::lane).toList();
        out.raw(",\"queue\":{\"depth\":")
                .number(lanes.stream().mapToInt(LaneState::queuedItems).sum());
        out.raw(",\"in_flight\":")
                .number(lanes.stream().mapToInt(LaneState::runningItems).sum());
        Stream.concat(Stream.of(WorkUnit.TOKENS), lanes.stream().map(LaneState::unit))
                .distinct()
                .forEach(unit -> sum(unit, lanes, out));
        out.raw(",\"models\":[");
        for (int i = 0; i < lanes.size(); i++) {
            LaneState lane = lanes.get(i);
            out.raw(i == 0 ? "{\"name\":" : ",{\"name\":")
                    .string(models.get(i).description().id());
            out.raw(",\"depth\":").number(lane.queuedItems());
            out.raw(",\"in_flight\":").number(lane.runningItems());
            work(lane, out);
            out.raw('}');
        }
        out.raw("]}");
    }

    private static void sum(WorkUnit unit, List<LaneState> all, JsonOutput out) {
        List<LaneState> lanes = all.stream().filter(lane -> lane.unit() == unit).toList();
        work(
                new LaneState(
                        unit,
                        0,
                        lanes.stream().mapToLong(LaneState::queuedUnits).sum(),
                        0,
                        lanes.stream().mapToLong(LaneState::runningUnits).sum(),
                        lanes.stream().mapToLong(LaneState::limitUnits).sum(),
                        lanes.stream().mapToInt(LaneState::batchUnits).max().orElse(0)),
                out);
    }

    private static void work(LaneState lane, JsonOutput out) {
        String unit = lane.unit().label();
        out.raw(",\"queued_").raw(unit).raw("\":").number(lane.queuedUnits());
        out.raw(",\"in_flight_").raw(unit).raw("\":").number(lane.runningUnits());
        out.raw(",\"limit_").raw(unit).raw("\":").number(lane.limitUnits());
        out.raw(",\"batch_").raw(unit).raw("\":").number(lane.batchUnits());
    }

    private static void limits(HttpSettings settings, JsonOutput out) {
        out.raw(",\"limits\":{\"max_body_bytes\":").number(settings.maxBodyBytes());
        out.raw(",\"max_texts\":").number(settings.maxTexts());
        out.raw(",\"max_text_characters\":").number(settings.maxTextCharacters());
        out.raw(",\"max_json_depth\":").number(settings.maxJsonDepth());
        out.raw(",\"body_timeout_ms\":").number(settings.bodyTimeout().toMillis());
        out.raw(",\"request_timeout_ms\":").number(settings.requestTimeout().toMillis());
        out.raw(",\"max_request_timeout_ms\":")
                .number(settings.maxRequestTimeout().toMillis())
                .raw('}');
    }
}
