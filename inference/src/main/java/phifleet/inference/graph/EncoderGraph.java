package phifleet.inference.graph;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attribute;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Graph;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.SpanRule;
import phifleet.inference.graph.part.Weights;
import phifleet.inference.graph.safetensors.Safetensors;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;

/**
 * An encoder as an ONNX graph that takes the tokens of a batch in a row, without padding, and whose weights stay in the
 * safetensors files that they came in.
 *
 * <p>Inputs: {@value #IDS} and {@value #POSITIONS}, 64-bit integers, one a token; one table a {@link SpanRule}; {@value #TYPES}, the
 * same, where the two texts of a pair are told apart; and what the {@link Output} wants. Output: {@value #HIDDEN}, 32-bit floats.
 */
public final class EncoderGraph {
    public static final String IDS = Parts.IDS;
    public static final String POSITIONS = Parts.POSITIONS;
    public static final String TYPES = Parts.TYPES;
    public static final String ROWS = "rows";
    public static final String WEIGHTS = "weights";
    public static final String TEXTS = "texts";
    public static final String HIDDEN = "hidden";

    /** What comes out. */
    public enum Output {
        /** One row a token. */
        TOKENS,
        /** One row for each of the numbers of {@value #ROWS}. */
        PICKED,
        /**
         * One row a text: the sum of its tokens', each times its number of {@value #WEIGHTS}, 32-bit floats, tokens × 1. Texts are told
         * by {@link EncoderGraph#SUMS}.
         */
        SUMMED,
        /**
         * One row a text with a number for each token of the vocabulary: the largest that the head of a masked language model gives at any of
         * its tokens. Texts are told by {@value #TEXTS}, 64-bit integers, texts × 2: the first row of each and the one behind its last.
         */
        LARGEST,
        /** The same with the sum over its tokens, each number that is over 0 by the logarithm of one more. */
        SUM_OF_LOGS,
        /** The same by the logarithm of one more than that logarithm. */
        SUM_OF_LOGS_OF_LOGS;

        /** How often a logarithm is taken. */
        int squashed() {
            return switch (this) {
                case TOKENS, PICKED, SUMMED, LARGEST -> 0;
                case SUM_OF_LOGS -> 1;
                case SUM_OF_LOGS_OF_LOGS -> 2;
            };
        }
    }

    /** How to cut texts for {@link Output#SUMMED}. */
    public static final SpanRule SUMS = TextSums.RULE;

    private final byte[] model;
    private final Path folder;
    private final String family;
    private final int width;
    private final List<SpanRule> rules;
    private final Positions positions;

    private EncoderGraph(byte[] model, Path folder, String family, int width, Family.Written written) {
        this.model = model;
        this.folder = folder;
        this.family = family;
        this.width = width;
        this.rules = written.attention().rules();
        this.positions = written.positions();
    }

    /**
     * Writes the graph.
     *
     * @param config a {@code config.json}
     * @param weights a {@code .safetensors} file or an index of several
     * @param mostTokens the longest text that will be asked for
     * @param pairs whether texts are pairs, whose two parts the network is told apart if it was trained so
     * @param real what is computed in: 32-bit floats or 16-bit ones
     * @throws ModelException where the architecture is not known, a tensor is missing or does not fit; the message names it
     */
    public static EncoderGraph write(
            Path config, Path weights, int mostTokens, boolean pairs, Output output, ElementType real)
            throws ModelException {
        Config settings = Config.read(config);
        String type = settings.text("model_type", "");
        Family family = family(settings, type);
        settings.mustBeAbsent("quantization_config");
        Graph graph = new Graph(real);
        Weights named = new Weights(graph, Safetensors.read(weights), family.landmark());
        Parts parts = new Parts(graph, settings, named, mostTokens, pairs);
        Family.Written written = family.write(parts);
        int most = Math.min(written.mostTokens(), parts.mostTurned());
        if (mostTokens > most) {
            throw settings.refused(
                    "texts of " + mostTokens + " tokens are asked for, but there are positions for " + most);
        }
        named.mustBeUsed(family.stacks());
        String hidden = written.hidden();
        int width = written.width();
        if (output == Output.LARGEST || output.squashed() > 0) {
            hidden = VocabularyHead.write(parts, family, hidden, width, output.squashed());
            width = settings.size("vocab_size");
        }
        if (output == Output.PICKED) {
            String rows = graph.input(ROWS, Graph.INT64, "texts");
            hidden = graph.op("Gather", List.of(hidden, rows), Attribute.of("axis", 0));
        }
        if (real != ElementType.FP32) {
            hidden = graph.op("Cast", List.of(hidden), Attribute.of("to", Graph.FLOAT));
        }
        if (output == Output.SUMMED) {
            hidden = TextSums.of(graph, hidden, width);
        }
        graph.output(HIDDEN, hidden, Graph.FLOAT, output == Output.TOKENS ? "tokens" : "rows_of_texts", width);
        return new EncoderGraph(graph.toByteArray(), folder(graph), type, width, written);
    }

    private static Family family(Config settings, String type) throws ModelException {
        String code = settings.section("auto_map").text("AutoModel", "");
        Family published = Families.ofCode(type, code.substring(code.lastIndexOf('.') + 1));
        if (published != null) {
            return published;
        }
        Family family = Families.of(type);
        if (family == null) {
            throw settings.refused("model_type " + (type.isEmpty() ? "is not there" : type + " is not known")
                    + "; weights alone can be run for " + Families.KNOWN);
        }
        settings.mustBeAbsent("auto_map");
        return family;
    }

    /**
     * Refuses a family whose code would add rows of its words to all tokens for the types that a tokeniser gives; who trained it gave none.
     *
     * @param config a {@code config.json} beside whose tokeniser nothing says that it gives no types
     */
    public static void mustKnowTypes(Path config) throws ModelException {
        Config settings = Config.read(config);
        String type = settings.text("model_type", "");
        Family family = Families.of(type);
        if (family != null && family.takesTypesForWords()) {
            throw settings.refused("the tokeniser's class gives token_type_ids, for which " + type
                    + " would add rows of its table of words; tokenizer_config.json must name another class"
                    + " (tokenizer_class GPT2Tokenizer) or leave them out of model_input_names");
        }
    }

    /** Whether graphs can be written for a {@code model_type}. */
    public static boolean isKnown(String modelType) {
        return Families.of(modelType) != null;
    }

    /** What {@link #isKnown} knows, for messages. */
    public static String known() {
        return Families.KNOWN;
    }

    /** The engine follows no link out of the folder of weights, such as those of the Hub's cache: so the graph names real files. */
    private static Path folder(Graph graph) throws ModelException {
        TreeSet<Path> folders = new TreeSet<>();
        for (Path file : graph.files()) {
            try {
                folders.add(file.toRealPath().getParent());
            } catch (IOException e) {
                throw new ModelException(file + " cannot be read: " + e, e);
            }
        }
        if (folders.size() != 1) {
            throw new ModelException("weights lie in several folders: " + folders);
        }
        return folders.first();
    }

    /** The ONNX model, without weights. Not copied: read, never write. */
    public byte[] model() {
        return model;
    }

    /** The folder to which the places of weights are relative. */
    public Path folder() {
        return folder;
    }

    /** The {@code model_type}. */
    public String family() {
        return family;
    }

    /** Floats a row. */
    public int width() {
        return width;
    }

    /** How to cut texts into spans, one rule an input. */
    public List<SpanRule> rules() {
        return rules;
    }

    public Positions positions() {
        return positions;
    }
}
