package phifleet.worker.http.oip;

import java.util.List;
import phifleet.inference.ServedModel;
import phifleet.inference.model.Signature;
import phifleet.inference.tensor.TensorModel;
import phifleet.inference.text.CrossEncoder;
import phifleet.inference.text.SentenceEncoder;
import phifleet.inference.text.SparseEncoder;
import phifleet.inference.text.TextClassifier;

/** A served model as the protocol shows it: tensors in, tensors out. */
interface OipModel {
    ServedModel served();

    /** The number of the one version that is served. */
    default String version() {
        return served().description().version();
    }

    Signature signature();

    /** The most rows along the first axis of one batch; 0 where the first axis has no meaning of its own. */
    int maxBatchSize();

    /** Whether an output's first axis counts what the answer is about, one by one. */
    default boolean hasRows() {
        return maxBatchSize() > 0;
    }

    /** Names of classes, in the order of an output's values; empty where they have none. */
    default List<String> labels() {
        return List.of();
    }

    /** What is left to do for a request whose inputs fit the signature. */
    PreparedInference infer(InferRequest request);

    static OipModel of(ServedModel model) {
        return switch (model) {
            case SentenceEncoder encoder -> new EncoderModel(encoder);
            case TensorModel tensors -> new PlainModel(tensors);
            case CrossEncoder ranker -> new RankerModel(ranker);
            case TextClassifier classifier -> new ClassifierModel(classifier);
            case SparseEncoder sparse -> new SparseModel(sparse);
            default ->
                throw new IllegalStateException(
                        "no tensors for a " + model.description().task().label());
        };
    }
}
