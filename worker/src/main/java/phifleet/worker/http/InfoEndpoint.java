package phifleet.worker.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
import phifleet.inference.lane.LaneState;
import phifleet.inference.model.MatchScores;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Task;
import phifleet.inference.model.WorkUnit;
import phifleet.inference.paired.TextImageEncoder;
import phifleet.inference.tensor.TensorModel;
import phifleet.inference.text.CrossEncoder;
import phifleet.inference.text.EntityExtractor;
import phifleet.inference.text.HybridEncoder;
import phifleet.inference.text.MultiVectorEncoder;
import phifleet.inference.text.SentenceEncoder;
import phifleet.inference.text.SparseEncoder;
import phifleet.inference.text.TextClassifier;
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
        models(state, worker.repository(), out);
        absent(worker.repository(), out);
        state.demand().wish(CopyWishes.read(exchange.request().getHeader(FleetHeaders.COPIES)));
        onDemand(state.demand(), out);
        changes(worker.repository().changes().inOrder(), out);
        queue(state, out);
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

    private static void models(WorkerState state, ModelRepository repository, JsonOutput out) {
        out.member("models").beginList();
        for (ServedModel served : state.models().all()) {
            ModelDescription model = served.description();
            out.beginObject()
                    .member("name")
                    .string(model.id())
                    .member("aliases")
                    .strings(model.aliases());
            out.member("version").string(model.version());
            out.member("kind").string(model.task().label());
            out.member("engine").string(model.engine());
            out.member("device").string(model.device().label());
            out.member("precision").string(model.precision().label());
            out.member("weight").number(model.scheduling().weight());
            out.member("instances").number(model.scheduling().instances());
            out.member("warmup").number(model.scheduling().warmup());
            switch (served) {
                case TextImageEncoder both -> textImageEncoder(both, out);
                case SentenceEncoder encoder -> encoder(encoder, out);
                case TensorModel tensors -> tensors(tensors, out);
                case CrossEncoder encoder -> crossEncoder(encoder.task(), out);
                case TextClassifier classifier -> classifier(classifier.task(), out);
                case SparseEncoder encoder -> sparseEncoder(encoder, out);
                case MultiVectorEncoder encoder -> multiVectorEncoder(encoder, out);
                case EntityExtractor extractor -> extractor(extractor.task(), out);
                default -> {}
            }
            repository.golden(model.id()).ifPresent(golden -> golden(golden, out));
            out.member("reproducible").flag(model.reproducible());
            out.member("padding").string(model.padding().label()).endObject();
        }
        out.endList();
    }

    private static void golden(ModelRepository.Golden golden, JsonOutput out) {
        out.member("golden").beginObject();
        out.member("file").string(golden.file()).member("answers").string(golden.answers());
        out.member("count").number(golden.count());
        out.member("cosine").number(golden.cosine());
        out.member("least").number(golden.least());
        out.member("checked_at").string(golden.checkedAt().toString()).endObject();
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

    private static void encoder(SentenceEncoder encoder, JsonOutput out) {
        Task.SentenceEncoding task = encoder.task();
        out.member("dimension").number(encoder.dimension());
        out.member("max_tokens").number(task.input().maxTokens());
        out.member("overflow").string(task.overflow().label());
        out.member("pooling").string(task.pooling().label());
        out.member("normalize").flag(task.normalize());
        out.member("prompt_names").strings(task.promptNames());
        if (encoder instanceof HybridEncoder hybrid) {
            out.member("gives").strings(hybrid.gives().names());
        }
        out.member("decisions").strings(task.recipe().decisions());
    }

    private static void textImageEncoder(TextImageEncoder both, JsonOutput out) {
        encoder(both, out);
        out.member("image_inputs").beginList();
        both.images().signature().inputs().forEach(value -> value(value, out));
        out.endList();
        MatchScores match = both.match();
        if (match != null) {
            out.member("logit_scale").number(match.scale()).member("logit_bias").number(match.bias());
            out.member("activation").string(match.activation().label());
        }
    }

    private static void crossEncoder(Task.CrossEncoding task, JsonOutput out) {
        out.member("max_tokens").number(task.input().maxTokens());
        out.member("activation").string(task.activation().label());
        if (task.prompt() != null) {
            out.member("instruction").string(task.prompt().instruction());
        }
        out.member("decisions").strings(task.recipe().decisions());
    }

    private static void classifier(Task.TextClassification task, JsonOutput out) {
        out.member("max_tokens").number(task.input().maxTokens());
        out.member("activation").string(task.activation().label());
        out.member("labels").number(task.labels().size());
        out.member("decisions").strings(task.recipe().decisions());
    }

    private static void sparseEncoder(SparseEncoder encoder, JsonOutput out) {
        Task.SparseEncoding task = encoder.task();
        out.member("max_tokens").number(task.input().maxTokens());
        out.member("dimension").number(encoder.tokenizer().vocabularySize());
        out.member("queries_by_table").flag(task.queries() != null);
        out.member("decisions").strings(task.recipe().decisions());
    }

    private static void multiVectorEncoder(MultiVectorEncoder encoder, JsonOutput out) {
        out.member("max_tokens").number(encoder.task().input().maxTokens());
        out.member("query_tokens").number(encoder.task().queryTokens());
        out.member("dimension").number(encoder.dimension());
        out.member("decisions").strings(encoder.task().recipe().decisions());
    }

    private static void extractor(Task.OfTexts task, JsonOutput out) {
        out.member("max_tokens").number(task.input().maxTokens());
        out.member("labels").number(task.labels().size());
        out.member("decisions").strings(task.recipe().decisions());
    }

    private static void tensors(TensorModel model, JsonOutput out) {
        out.member("max_batch_size").number(model.maxRows());
        out.member("labels").number(model.description().task().labels().size());
        values("inputs", model.signature().inputs(), out);
        values("outputs", model.signature().outputs(), out);
    }

    private static void values(String name, List<Signature.Value> values, JsonOutput out) {
        out.member(name).beginList();
        values.forEach(value -> value(value, out));
        out.endList();
    }

    private static void value(Signature.Value value, JsonOutput out) {
        out.beginObject().member("name").string(value.name());
        out.member("type").string(value.type().name());
        out.member("shape").beginList();
        value.shape().forEach(size -> out.number(size));
        out.endList().endObject();
    }

    /** The lanes together, then each. Work of different units is not summed. */
    private static void queue(WorkerState state, JsonOutput out) {
        List<ServedModel> models = state.models().all();
        List<LaneState> lanes =
                models.stream().flatMap(model -> model.lanes().stream()).toList();
        out.member("queue")
                .beginObject()
                .member("depth")
                .number(lanes.stream().mapToInt(LaneState::queuedItems).sum());
        out.member("in_flight")
                .number(lanes.stream().mapToInt(LaneState::runningItems).sum());
        device(lanes, out);
        Stream.concat(Stream.of(WorkUnit.TOKENS), lanes.stream().map(LaneState::unit))
                .distinct()
                .forEach(unit -> sum(unit, lanes, out));
        out.member("models").beginList();
        for (ServedModel model : models) {
            List<LaneState> own = model.lanes();
            out.beginObject().member("name").string(model.description().id());
            out.member("depth")
                    .number(own.stream().mapToInt(LaneState::queuedItems).sum());
            out.member("in_flight")
                    .number(own.stream().mapToInt(LaneState::runningItems).sum());
            device(own, out);
            own.forEach(lane -> work(lane, out));
            out.endObject();
        }
        out.endList().endObject();
    }

    /** Seconds of the whole device: what all work since the start is worth, and what waits and runs will take. */
    private static void device(List<LaneState> lanes, JsonOutput out) {
        out.member("device_seconds")
                .number(seconds(lanes.stream().mapToLong(LaneState::usedNanos).sum()));
        out.member("load_seconds")
                .number(seconds(lanes.stream().mapToLong(LaneState::loadNanos).sum()));
    }

    private static double seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos) / 1e6;
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
        out.member("queued_" + unit).number(lane.queuedUnits());
        out.member("in_flight_" + unit).number(lane.runningUnits());
        out.member("limit_" + unit).number(lane.limitUnits());
        out.member("batch_" + unit).number(lane.batchUnits());
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
