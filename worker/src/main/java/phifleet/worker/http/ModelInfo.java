package phifleet.worker.http;

import java.util.List;
import phifleet.http.json.JsonOutput;
import phifleet.inference.ServedModel;
import phifleet.inference.model.MatchScores;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Task;
import phifleet.inference.paired.TextImageEncoder;
import phifleet.inference.tensor.TensorModel;
import phifleet.inference.text.CrossEncoder;
import phifleet.inference.text.HybridEncoder;
import phifleet.inference.text.MultiVectorEncoder;
import phifleet.inference.text.SentenceEncoder;
import phifleet.inference.text.SparseEncoder;
import phifleet.inference.text.TextClassifier;
import phifleet.inference.text.entity.EntityExtractor;
import phifleet.worker.http.state.ModelRepository;

/** The {@code models} of {@code GET /info}: what is served, each kind with what is its own. */
final class ModelInfo {
    private ModelInfo() {}

    static void write(List<ServedModel> models, ModelRepository repository, JsonOutput out) {
        out.member("models").beginList();
        for (ServedModel served : models) {
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
}
