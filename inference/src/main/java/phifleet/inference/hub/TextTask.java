package phifleet.inference.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import phifleet.inference.model.ModelException;

/** What a folder's model does with texts. */
public enum TextTask {
    SENTENCE_ENCODING,
    CROSS_ENCODING,
    TEXT_CLASSIFICATION,
    SPARSE_ENCODING,
    TOKEN_CLASSIFICATION,
    SPAN_EXTRACTION,
    MULTI_VECTOR_ENCODING;

    /** What the files say: sentence-transformers' first, since it puts poolings behind networks of all kinds; then the architecture. */
    static TextTask of(Path folder) throws ModelException {
        JsonFile transformers = JsonFile.read(folder.resolve("config_sentence_transformers.json"));
        JsonFile modules = JsonFile.read(folder.resolve("modules.json"));
        JsonFile config = JsonFile.read(folder.resolve("config.json"));
        if (SpanFiles.areIn(folder)) {
            return SPAN_EXTRACTION;
        }
        if (MultiVectorFiles.areIn(folder)) {
            return MULTI_VECTOR_ENCODING;
        }
        switch (transformers.at("model_type").asText()) {
            case "SparseEncoder" -> {
                return SPARSE_ENCODING;
            }
            case "CrossEncoder" -> {
                return isSequenceClassifier(config) && HeadLabels.count(config) > 1
                        ? TEXT_CLASSIFICATION
                        : CROSS_ENCODING;
            }
            default -> {}
        }
        boolean pooled = Files.isDirectory(folder.resolve("1_Pooling"));
        for (JsonNode module : modules.values()) {
            String type = module.path("type").asText();
            if (type.endsWith(".SpladePooling") || type.endsWith(".Router")) {
                SparseFiles.mustBeSparse(folder);
                return SPARSE_ENCODING;
            }
            if (type.endsWith(".LogitScore")) {
                return CROSS_ENCODING;
            }
            pooled |= type.endsWith(".Pooling");
        }
        if (!pooled && isFor(config, "TokenClassification")) {
            return TOKEN_CLASSIFICATION;
        }
        if (pooled || !isSequenceClassifier(config)) {
            return SENTENCE_ENCODING;
        }
        boolean isRegression = config.at("problem_type").asText().equals("regression")
                && HeadActivation.ofCrossEncoder(transformers, config) == null;
        return HeadLabels.count(config) == 1 && !isRegression ? CROSS_ENCODING : TEXT_CLASSIFICATION;
    }

    private static boolean isSequenceClassifier(JsonFile config) {
        return isFor(config, "SequenceClassification");
    }

    private static boolean isFor(JsonFile config, String task) {
        return config.at("architectures")
                .valueStream()
                .anyMatch(name -> name.asText().endsWith("For" + task));
    }
}
