package phifleet.worker.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phifleet.common.CopyBounds;
import phifleet.common.CopyWishes;
import phifleet.common.FleetChange;
import phifleet.common.FleetHeaders;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.json.JsonOutput;
import phifleet.inference.ServedModel;
import phifleet.inference.gpu.GpuReading;
import phifleet.process.ResidentMemory;
import phifleet.worker.http.state.Cordon;
import phifleet.worker.http.state.ModelRepository;
import phifleet.worker.http.state.OnDemand;
import phifleet.worker.http.state.WorkerIdentity;
import phifleet.worker.http.state.WorkerState;
import phifleet.worker.http.state.WorkerView;

/** {@code GET /info}: who the worker is, what it has, and how busy it is. */
final class InfoEndpoint implements Endpoint {
    private final WorkerView worker;
    private final HttpSettings settings;
    private final IntSupplier grpcPort;
    private final Supplier<Optional<GpuReading>> gpu;

    InfoEndpoint(WorkerView worker, HttpSettings settings, IntSupplier grpcPort, Supplier<Optional<GpuReading>> gpu) {
        this.grpcPort = grpcPort;
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
        if (identity.node() != null) {
            out.member("node").string(identity.node());
        }
        out.member("device").string(device(identity, state));
        out.member("status").string(state.phase().label());
        if (worker.cordon().state() != Cordon.State.OPEN) {
            out.member("cordon").string(worker.cordon().state().label());
        }
        out.member("version").string(identity.version());
        out.member("started_at").string(identity.startedAt().toString());
        if (grpcPort.getAsInt() != HttpSettings.NO_GRPC) {
            out.member("grpc_port").number(grpcPort.getAsInt());
        }
        if (settings.ingest().keepsIndex()) {
            out.member("index").flag(true);
        }
        if (settings.ingest().sharesIndex()) {
            out.member("index_shared").flag(true);
        }
        if (settings.ingest().parts()) {
            out.member("index_part").flag(true);
        }
        long resident = ResidentMemory.bytes();
        if (resident > 0) {
            out.member("resident_bytes").number(resident);
        }
        engines(state, out);
        gpu.get().ifPresent(reading -> gpu(reading, out));
        ModelInfo.write(state.models().all(), worker.repository(), out);
        absent(worker.repository(), out);
        state.demand().wish(CopyWishes.read(exchange.request().getHeader(FleetHeaders.COPIES)));
        onDemand(state.demand(), out);
        changes(worker.repository().changes().inOrder(), out);
        QueueInfo.write(state.models().all(), out);
        limits(settings, out);
        exchange.answer(out.endObject());
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

    /** What is not served, and why. */
    private static void absent(ModelRepository repository, JsonOutput out) {
        out.member("absent").beginList();
        for (ModelRepository.Entry entry : repository.absent()) {
            out.beginObject().member("name").string(entry.name());
            if (!entry.version().isEmpty()) {
                out.member("version").string(entry.version());
            }
            out.member("state").string(entry.state());
            out.member("reason").string(entry.reason()).endObject();
        }
        out.endList();
    }

    /** What is loaded when a request names it; nothing where all models are there from the start. */
    private static void onDemand(OnDemand demand, JsonOutput out) {
        List<OnDemand.Standing> standings = demand.standings();
        if (standings.isEmpty()) {
            return;
        }
        OnDemand.Memory memory = demand.memory();
        out.member("models_memory").beginObject();
        out.member("budget_bytes").number(memory.budgetBytes());
        out.member("used_bytes").number(memory.usedBytes()).endObject();
        out.member("on_demand").beginList();
        for (OnDemand.Standing model : standings) {
            out.beginObject().member("name").string(model.id());
            out.member("aliases").strings(model.aliases());
            if (!model.kind().isEmpty()) {
                out.member("kind").string(model.kind());
            }
            out.member("state").string(model.state().label());
            out.member("load_seconds").number(model.load().toMillis() / 1e3);
            if (model.bytes().isPresent()) {
                out.member("bytes").number(model.bytes().getAsLong());
            }
            out.member("pinned").flag(model.pinned());
            if (!model.copies().equals(CopyBounds.ANY)) {
                out.member("min_copies").number(model.copies().min());
                out.member("max_copies").number(model.copies().max());
            }
            out.member("room").flag(model.hasRoom());
            out.member("reason").string(model.reason()).endObject();
        }
        out.endList();
    }

    /** What gateways have workers do that join later; nothing where models stayed as they were. */
    private static void changes(List<FleetChange> changes, JsonOutput out) {
        if (changes.isEmpty()) {
            return;
        }
        out.member("changes").beginList();
        for (FleetChange change : changes) {
            out.beginObject().member("name").string(change.model());
            out.member("action").string(change.action().label());
            out.member("stamp").string(change.stamp());
            if (change.config() != null) {
                out.member("config").string(change.config());
            }
            out.endObject();
        }
        out.endList();
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
