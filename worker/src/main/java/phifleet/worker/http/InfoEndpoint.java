package phifleet.worker.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.json.JsonOutput;
import phifleet.inference.gpu.GpuReading;
import phifleet.inference.lane.LaneState;
import phifleet.inference.model.ModelDescription;
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
        out.beginObject().member("worker_id").string(identity.id());
        out.member("device").string(device(identity, state));
        out.member("status").string(state.phase().label());
        out.member("version").string(identity.version());
        out.member("started_at").string(identity.startedAt().toString());
        engines(state, out);
        gpu.get().ifPresent(reading -> gpu(reading, out));
        models(state, out);
        queue(state, out);
        limits(settings, out);
        exchange.answer(out.endObject());
    }

    /** Where the default model runs, which need not be where it was tried first. */
    private static String device(WorkerIdentity identity, WorkerState state) {
        SentenceEncoder first = state.encoders().find(null);
        return first == null ? identity.expectedDevice() : first.description().device();
    }

    /** Those that run a model. */
    private static void engines(WorkerState state, JsonOutput out) {
        Map<String, String> versions = new LinkedHashMap<>();
        for (SentenceEncoder encoder : state.encoders().all()) {
            versions.put(encoder.description().engine(), encoder.description().engineVersion());
        }
        out.member("engines").beginList();
        for (Map.Entry<String, String> engine : versions.entrySet()) {
            out.beginObject().member("name").string(engine.getKey());
            out.member("version").string(engine.getValue()).endObject();
        }
        out.endList();
    }

    private static void gpu(GpuReading gpu, JsonOutput out) {
        out.member("gpu")
                .beginObject()
                .member("name")
                .string(gpu.name())
                .member("uuid")
                .string(gpu.uuid());
        number("memory_total_bytes", gpu.memoryTotalBytes(), out);
        number("memory_used_bytes", gpu.memoryUsedBytes(), out);
        number("utilization_percent", gpu.utilizationPercent(), out);
        number("temperature_celsius", gpu.temperatureCelsius(), out);
        number("power_watts", gpu.powerWatts(), out);
        out.endObject();
    }

    private static void number(String name, @Nullable Number value, JsonOutput out) {
        if (value != null) {
            out.member(name);
            if (value instanceof Double fraction) {
                out.number(fraction);
            } else {
                out.number(value.longValue());
            }
        }
    }

    private static void models(WorkerState state, JsonOutput out) {
        out.member("models").beginList();
        for (SentenceEncoder encoder : state.encoders().all()) {
            ModelDescription model = encoder.description();
            out.beginObject()
                    .member("name")
                    .string(model.id())
                    .member("aliases")
                    .strings(model.aliases());
            out.member("kind").string(model.kind().label());
            out.member("engine").string(model.engine());
            out.member("device").string(model.device());
            out.member("precision").string(model.precision());
            out.member("dimension").number(model.dimension());
            out.member("max_tokens").number(model.maxTokens());
            out.member("pooling").string(model.pooling());
            out.member("normalize").flag(model.normalize());
            out.member("prompt_names").strings(model.promptNames());
            out.member("decisions").strings(encoder.recipe().decisions());
            out.member("reproducible").flag(model.reproducible()).endObject();
        }
        out.endList();
    }

    /** The lanes together, then each. */
    private static void queue(WorkerState state, JsonOutput out) {
        List<SentenceEncoder> encoders = state.encoders().all();
        List<LaneState> lanes = encoders.stream().map(SentenceEncoder::lane).toList();
        out.member("queue").beginObject();
        lane(
                new LaneState(
                        lanes.stream().mapToInt(LaneState::queuedItems).sum(),
                        lanes.stream().mapToLong(LaneState::queuedUnits).sum(),
                        lanes.stream().mapToInt(LaneState::runningItems).sum(),
                        lanes.stream().mapToLong(LaneState::runningUnits).sum(),
                        lanes.stream().mapToLong(LaneState::limitUnits).sum(),
                        lanes.stream().mapToInt(LaneState::batchUnits).max().orElse(0)),
                out);
        out.member("models").beginList();
        for (int i = 0; i < lanes.size(); i++) {
            out.beginObject()
                    .member("name")
                    .string(encoders.get(i).description().id());
            lane(lanes.get(i), out);
            out.endObject();
        }
        out.endList().endObject();
    }

    private static void lane(LaneState lane, JsonOutput out) {
        out.member("depth").number(lane.queuedItems());
        out.member("in_flight").number(lane.runningItems());
        out.member("queued_tokens").number(lane.queuedUnits());
        out.member("in_flight_tokens").number(lane.runningUnits());
        out.member("limit_tokens").number(lane.limitUnits());
        out.member("batch_tokens").number(lane.batchUnits());
    }

    private static void limits(HttpSettings settings, JsonOutput out) {
        out.member("limits").beginObject().member("max_body_bytes").number(settings.maxBodyBytes());
        out.member("max_texts").number(settings.maxTexts());
        out.member("max_text_characters").number(settings.maxTextCharacters());
        out.member("max_json_depth").number(settings.maxJsonDepth());
        out.member("body_timeout_ms").number(settings.bodyTimeout().toMillis());
        out.member("request_timeout_ms").number(settings.requestTimeout().toMillis());
        out.member("max_request_timeout_ms")
                .number(settings.maxRequestTimeout().toMillis())
                .endObject();
    }
}
