package phifleet.inference.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models that come with the program, in jars on the class path. */
public enum EmbeddedModel {
    ALL_MINILM_L6_V2(
            "all-minilm-l6-v2",
            "sentence-transformers/all-MiniLM-L6-v2",
            Precision.FP32,
            "/all-minilm-l6-v2",
            90_387_606),
    ALL_MINILM_L6_V2_INT8(
            "all-minilm-l6-v2-int8", "all-minilm-l6-v2-q", Precision.INT8, "/all-minilm-l6-v2-q", 22_972_370);

    /** sentence-transformers' setting for this model; the network itself takes 512. */
    private static final int MAX_TOKENS = 256;

    private final String id;
    private final String alias;
    private final Precision precision;
    private final String resource;
    private final long weightsBytes;

    EmbeddedModel(String id, String alias, Precision precision, String resource, long weightsBytes) {
        this.id = id;
        this.alias = alias;
        this.precision = precision;
        this.resource = resource;
        this.weightsBytes = weightsBytes;
    }

    public String id() {
        return id;
    }

    public static Optional<EmbeddedModel> find(String id) {
        return Arrays.stream(values())
                .filter(model -> model.id.equals(id) || model.alias.equals(id))
                .findFirst();
    }

    /** The specification with everything at its default. */
    public ModelSpec spec() {
        return new ModelSpec(
                id,
                List.of(alias),
                new ModelSource.Embedded(resource + ".onnx", weightsBytes, resource + "-tokenizer.json"),
                EngineKind.ONNXRUNTIME,
                DeviceChoice.AUTO,
                precision,
                new ModelSpec.Golden.Resource("/golden/all-minilm-l6-v2.json"),
                ModelSpec.Scheduling.DEFAULT,
                new Task.SentenceEncoding(
                        new TokenInput(MAX_TOKENS, 0, true), Pooling.MEAN, true, Map.of(), null, Recipe.PLAIN));
    }
}
