package phifleet.worker.http.oip;

import java.util.List;
import phifleet.common.Problem;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.Problems;
import phifleet.http.json.JsonOutput;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.Signature;
import phifleet.worker.http.state.WorkerView;

/** {@code GET /v2/models/…}: what a model is, whether it is ready, its configuration as Triton shows it, its counts. */
final class ModelEndpoint implements Endpoint {
    private final WorkerView worker;
    private final OipModels models;

    ModelEndpoint(WorkerView worker) {
        this.worker = worker;
        this.models = new OipModels(worker);
    }

    @Override
    public void handle(Exchange exchange) {
        String text = String.valueOf(exchange.request().path());
        if (text.equals(ModelPath.PREFIX + "stats")) {
            exchange.answer(Statistics.of(worker.state().models().all()));
            return;
        }
        ModelPath path = ModelPath.read(text).orElse(null);
        if (path == null) {
            exchange.refuse(Problems.notFound());
            return;
        }
        switch (models.find(path)) {
            case OipModels.Found.Refused(Problem problem) -> exchange.refuse(problem);
            case OipModels.Found.Model(OipModel model) -> answer(exchange, model, path.action());
        }
    }

    private static void answer(Exchange exchange, OipModel model, String action) {
        switch (action) {
            case "" -> exchange.answer(metadata(model));
            case "ready" -> exchange.answerEmpty(200);
            case "config" -> exchange.answer(config(model));
            case "stats" -> exchange.answer(Statistics.of(List.of(model.served())));
            default -> exchange.refuse(Problems.notFound());
        }
    }

    private static JsonOutput metadata(OipModel model) {
        ModelDescription description = model.served().description();
        JsonOutput out = new JsonOutput(512).beginObject();
        out.member("name").string(description.id());
        out.member("versions").strings(List.of(model.version()));
        out.member("platform").string(platform(description));
        values("inputs", model.signature().inputs(), out);
        values("outputs", model.signature().outputs(), out);
        return out.endObject();
    }

    private static void values(String name, List<Signature.Value> values, JsonOutput out) {
        out.member(name).beginList();
        for (Signature.Value value : values) {
            out.beginObject().member("name").string(value.name());
            out.member("datatype").string(DataTypes.name(value.type()));
            sizes("shape", value.shape(), out);
            out.endObject();
        }
        out.endList();
    }

    private static void sizes(String name, List<Long> shape, JsonOutput out) {
        out.member(name).beginList();
        shape.forEach(size -> out.number(size));
        out.endList();
    }

    /** Triton's names of the engines. */
    private static String platform(ModelDescription description) {
        return switch (description.engine()) {
            case "OnnxRuntime" -> "onnxruntime_onnx";
            case "PyTorch" -> "pytorch_libtorch";
            default -> description.engine();
        };
    }

    private static JsonOutput config(OipModel model) {
        ModelDescription description = model.served().description();
        JsonOutput out = new JsonOutput(512).beginObject();
        out.member("name").string(description.id());
        out.member("platform").string(platform(description));
        out.member("backend").string(description.engine().toLowerCase(java.util.Locale.ROOT));
        out.member("max_batch_size").number(model.maxBatchSize());
        boolean batched = model.maxBatchSize() > 0;
        slots("input", model.signature().inputs(), batched, out);
        slots("output", model.signature().outputs(), batched, out);
        if (batched) {
            out.member("dynamic_batching").beginObject().endObject();
        }
        return out.endObject();
    }

    /** In a configuration that counts batches the first axis is left out. */
    private static void slots(String name, List<Signature.Value> values, boolean batched, JsonOutput out) {
        out.member(name).beginList();
        for (Signature.Value value : values) {
            out.beginObject().member("name").string(value.name());
            out.member("data_type").string(DataTypes.configName(value.type()));
            List<Long> shape = value.shape();
            sizes("dims", batched ? shape.subList(1, shape.size()) : shape, out);
            out.endObject();
        }
        out.endList();
    }
}
