package phifleet.worker.http.oip;

import java.util.List;
import java.util.Locale;
import phifleet.common.Problem;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.dialect.Problems;
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
            case OipModels.Found.Absent absent -> exchange.refuse(absent.problem());
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
    static String platform(ModelDescription description) {
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
        out.member("backend").string(backend(description));
        out.member("max_batch_size").number(model.maxBatchSize());
        slots("input", model.signature().inputs(), model, out);
        slots("output", model.signature().outputs(), model, out);
        if (model.maxBatchSize() > 0) {
            out.member("dynamic_batching").beginObject().endObject();
        }
        return out.endObject();
    }

    static String backend(ModelDescription description) {
        return description.engine().toLowerCase(Locale.ROOT);
    }

    /** In a configuration that counts batches the first axis is left out. */
    static List<Long> dims(Signature.Value value, OipModel model) {
        List<Long> shape = value.shape();
        return model.maxBatchSize() > 0 ? shape.subList(1, shape.size()) : shape;
    }

    private static void slots(String name, List<Signature.Value> values, OipModel model, JsonOutput out) {
        out.member(name).beginList();
        for (Signature.Value value : values) {
            out.beginObject().member("name").string(value.name());
            out.member("data_type").string(DataTypes.configName(value.type()));
            sizes("dims", dims(value, model), out);
            out.endObject();
        }
        out.endList();
    }
}
