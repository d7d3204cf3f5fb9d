package phifleet.inference.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Activation;
import phifleet.inference.model.MatchScores;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Recipe;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenInput;
import phifleet.inference.onnx.LogitScalars;
import phifleet.inference.onnx.OnnxSignature;

/**
 * What the files of a folder in the Hugging Face layout say of a model that has texts and images in one space, as CLIP and SigLIP have:
 * {@code config.json} with a configuration of each, a graph of each, and maybe the joint graph, which alone has what scores are made of.
 *
 * @param texts what the text's graph does
 * @param imageOutput the output of the image's graph that has the vectors
 * @param activation what makes scores of the logits of several texts
 * @param scalars what makes logits of cosines; null where no file says it
 */
public record TextImageFolder(
        ModelSource.Towers source,
        Precision precision,
        Task.SentenceEncoding texts,
        String imageOutput,
        Activation activation,
        @Nullable LogitScalars scalars) {

    private static final String TEXTS = "text_model";
    private static final String IMAGES = "vision_model";
    private static final String LOGITS = "logits_per_image";
    private static final String POOLED = "pooler_output";

    private static final FileTree DISK = new FileTree.OnDisk();

    /** A family of such models. */
    private enum Family {
        /** Each text is a row of its own length. Without the projections to the common space its vectors mean nothing. */
        CLIP(77, Activation.SOFTMAX, null),
        /** Texts are filled up, and the last place is what is pooled; there is no projection. */
        SIGLIP(64, Activation.SIGMOID, POOLED);

        private final int positions;
        private final Activation activation;
        private final @Nullable String otherOutput;

        Family(int positions, Activation activation, @Nullable String otherOutput) {
            this.positions = positions;
            this.activation = activation;
            this.otherOutput = otherOutput;
        }

        static Family of(JsonFile config) {
            return config.at("model_type").asText().startsWith("siglip") ? SIGLIP : CLIP;
        }
    }

    private static final Set<String> KNOWN = Set.of("clip", "siglip", "siglip2");

    /** Whether a path is such a folder: it has a configuration of both, and is of a known family or has both graphs. */
    public static boolean isAt(Path path) {
        try {
            return isAt(DISK, path, JsonFile.read(path.resolve("config.json")));
        } catch (ModelException e) {
            // Whoever reads the folder says what is wrong with it.
            return false;
        }
    }

    /** The same of a folder that need not be here. */
    static boolean isAt(FileTree tree, Path folder, JsonFile config) {
        return config.at("text_config").isObject()
                && config.at("vision_config").isObject()
                && (KNOWN.contains(config.at("model_type").asText())
                        || (graph(tree, folder, TEXTS, null).isPresent()
                                && graph(tree, folder, IMAGES, null).isPresent()));
    }

    /** Its two graphs. The joint one is as large as both, and not needed for vectors. */
    static List<Path> graphs(FileTree tree, Path folder, FolderWishes wished) throws ModelException {
        return List.of(
                needed(tree, folder, TEXTS, wished.precision()), needed(tree, folder, IMAGES, wished.precision()));
    }

    /**
     * Reads a folder.
     *
     * @throws ModelException with the file that is missing or says what is not supported
     */
    public static TextImageFolder read(Path folder, FolderWishes wished) throws ModelException {
        Decisions decisions = new Decisions();
        JsonFile config = JsonFile.read(folder.resolve("config.json"));
        Family family = Family.of(config);
        List<Path> graphs = graphs(DISK, folder, wished);
        Path texts = graphs.getFirst();
        Path images = graphs.getLast();
        Path tokenizer =
                ModelFile.check(wished.tokenizer() == null ? folder.resolve("tokenizer.json") : wished.tokenizer());
        Precision precision = GraphPrecision.of(texts, ModelFile.graph(texts), null);
        decisions.add(
                precision.label() + " weights " + folder.relativize(texts) + " and " + folder.relativize(images),
                wished.precision() == null ? "file names" : "precision");
        String textOutput = output(texts, "text_embeds", family, decisions);
        String imageOutput = output(images, "image_embeds", family, decisions);
        LogitScalars scalars = scalars(folder, decisions);
        Task.SentenceEncoding encoding = new Task.SentenceEncoding(
                input(folder, config, tokenizer, family, wished, decisions),
                Pooling.NONE,
                true,
                Map.of(),
                null,
                new Recipe(textOutput, List.of(), 0, List.of(), TokenLimit.lowerCase(folder), true, decisions.all()));
        return new TextImageFolder(
                new ModelSource.Towers(texts, tokenizer, images),
                precision,
                encoding,
                imageOutput,
                family.activation,
                scalars);
    }

    /** What scores are made of, with what a user says before what the files say; null where neither is known. */
    public @Nullable MatchScores match(@Nullable Double scale, @Nullable Double bias) {
        LogitScalars found = scalars == null ? new LogitScalars(Double.NaN, 0) : scalars;
        double wanted = scale == null ? found.scale() : scale;
        return Double.isNaN(wanted) ? null : new MatchScores(wanted, bias == null ? found.bias() : bias, activation);
    }

    private static TokenInput input(
            Path folder, JsonFile config, Path tokenizer, Family family, FolderWishes wished, Decisions decisions)
            throws ModelException {
        JsonNode said = config.at("text_config");
        if (said instanceof ObjectNode own && !own.has("max_position_embeddings")) {
            // Left out where it is the family's usual number.
            own.put("max_position_embeddings", family.positions);
        }
        int most = TokenLimit.read(folder, new JsonFile(config.path(), said), wished, null, decisions);
        int pad = pad(folder, tokenizer, said);
        boolean filled = family == Family.SIGLIP;
        if (filled) {
            decisions.add("texts filled up with token " + pad + " to " + most, config.name() + ": model_type");
        }
        return new TokenInput(most, pad, true, filled);
    }

    private static int pad(Path folder, Path tokenizer, JsonNode config) throws ModelException {
        String name = TokenizerFile.named("pad_token", List.of(folder));
        Integer named =
                name == null ? null : TokenizerFile.ids(tokenizer, Set.of(name)).get(name);
        return named == null ? config.path("pad_token_id").asInt(1) : named;
    }

    private static String output(Path graph, String usual, Family family, Decisions decisions) throws ModelException {
        List<String> names = ModelFile.graph(graph).outputs().stream()
                .map(OnnxSignature.Value::name)
                .toList();
        if (names.contains(usual)) {
            return usual;
        }
        String other = family.otherOutput;
        if (other != null && names.contains(other)) {
            decisions.add("vectors are " + other, String.valueOf(graph.getFileName()));
            return other;
        }
        throw new ModelException(graph + " has the outputs " + names + ", and none is " + usual
                + ", the vector in the space that texts and images share");
    }

    private static @Nullable LogitScalars scalars(Path folder, Decisions decisions) throws ModelException {
        Path joint = graph(DISK, folder, "model", null).orElse(null);
        if (joint == null) {
            decisions.add("no scores", "no joint graph; logit-scale: says what makes them");
            return null;
        }
        try {
            LogitScalars scalars = LogitScalars.of(joint, LOGITS);
            if (!Double.isNaN(scalars.scale())) {
                decisions.add(
                        "scores of cosines by " + (float) scalars.scale() + " and " + (float) scalars.bias(),
                        folder.relativize(joint).toString());
                return scalars;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ModelException(joint + " cannot be read: " + e.getMessage(), e);
        }
        decisions.add(
                "no scores", folder.relativize(joint) + " multiplies by nothing; logit-scale: says what makes them");
        return null;
    }

    private static Path needed(FileTree tree, Path folder, String name, @Nullable String precision)
            throws ModelException {
        return graph(tree, folder, name, precision)
                .orElseThrow(() -> new ModelException(folder + " has no onnx/" + name + ".onnx"
                        + (precision == null ? "" : " in " + precision)
                        + ": a model of texts and images needs a graph of each"));
    }

    /** The graph of that name, in the precision wished for where that is one; else the plain one, else any other. */
    private static Optional<Path> graph(FileTree tree, Path folder, String name, @Nullable String precision) {
        List<Path> folders = List.of(folder, folder.resolve("onnx"));
        if (precision != null && !precision.equals(Precision.FP32.label())) {
            return tree.first(folders, suffixes(name, precision));
        }
        Optional<Path> plain = tree.first(folders, List.of(name + ".onnx"));
        if (plain.isPresent() || precision != null) {
            return plain;
        }
        return tree.first(
                folders,
                Arrays.stream(Precision.values())
                        .flatMap(any -> suffixes(name, any.label()).stream())
                        .toList());
    }

    private static List<String> suffixes(String name, String precision) {
        List<String> suffixes = switch (precision) {
            case "fp16" -> List.of("fp16");
            case "bf16" -> List.of("bf16");
            case "int8" -> List.of("int8", "quantized", "uint8");
            case "int4" -> List.of("q4", "int4");
            default -> List.of();
        };
        return suffixes.stream().map(suffix -> name + "_" + suffix + ".onnx").toList();
    }
}
