package phifleet.inference.engine.onnx;

import static phifleet.inference.engine.onnx.GraphParts.longs;
import static phifleet.inference.engine.onnx.GraphParts.node;
import static phifleet.inference.engine.onnx.GraphParts.value;
import static phifleet.inference.onnx.OnnxSignature.FLOAT;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_INITIALIZER;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_NODE;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_OUTPUT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import phifleet.inference.engine.onnx.session.OnnxSession;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.engine.onnx.session.SessionSettings;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.onnx.GraphFile;
import phifleet.inference.onnx.ProtoWriter;

/**
 * How large the numbers of some values of a graph get, column by column: run over texts of random tokens. Which columns are outliers is
 * a matter of the weights far more than of the words.
 */
final class ActivationRanges {
    private static final String PREFIX = "phifleet_range_";

    /** Tokens of the texts. */
    private static final int[] LENGTHS = {5, 8, 12, 20, 30, 40, 60, 80};

    private static final int SEED = 1;

    private ActivationRanges() {}

    /** What a graph is given for some texts. */
    @FunctionalInterface
    interface Inputs {
        /**
         * Makes them.
         *
         * @param names of the graph's inputs
         */
        Map<String, Tensor> of(RaggedBatch texts, List<String> names);
    }

    /**
     * The largest absolute number of each column.
     *
     * @param graph its weights lie beside it
     * @param width the columns of each value, by its name
     * @param vocabulary what ids are less than
     */
    static Map<String, float[]> measure(
            ModelSpec spec, Path graph, Inputs inputs, SequencedMap<String, Integer> width, int vocabulary)
            throws IOException, ModelException {
        Path measuring = graph.resolveSibling("measuring.onnx");
        long opset = GraphFile.opset(graph);
        GraphFile.rewrite(graph, measuring, fields -> {
            List<ByteBuffer> all = new ArrayList<>(fields);
            all.add(ByteBuffer.wrap(outputs(width, opset).toByteArray()));
            return all;
        });
        Map<String, float[]> largest = new HashMap<>();
        try (OnnxSession session = OnnxSession.open(
                measuring, SessionSettings.on(Provider.PLAIN_CPU).quietly().with(SessionSettings.Optimization.NONE))) {
            List<String> names =
                    session.inputs().stream().map(OnnxSession.Value::name).toList();
            List<String> wanted = IntStream.range(0, width.size())
                    .mapToObj(place -> PREFIX + place)
                    .toList();
            Random random = new Random(SEED);
            for (int length : LENGTHS) {
                RaggedBatch text = text(spec, length, vocabulary, random);
                Map<String, Tensor> found = session.run(inputs.of(text, names), wanted);
                int place = 0;
                for (String value : width.keySet()) {
                    float[] numbers = OnnxSentenceModel.floats(Objects.requireNonNull(found.get(PREFIX + place++)));
                    largest.merge(value, numbers, ActivationRanges::larger);
                }
            }
        }
        return new TreeMap<>(largest);
    }

    private static ProtoWriter outputs(SequencedMap<String, Integer> width, long opset) {
        ProtoWriter added = new ProtoWriter();
        int place = 0;
        for (Map.Entry<String, Integer> value : width.entrySet()) {
            String name = PREFIX + place++;
            added.message(GRAPH_INITIALIZER, longs(name + "/shape", -1, value.getValue()))
                    .message(GRAPH_NODE, node("Reshape", name + "/rows", value.getKey(), name + "/shape"))
                    .message(GRAPH_NODE, node("Abs", name + "/abs", name + "/rows"))
                    .message(GRAPH_OUTPUT, value(name, FLOAT, (long) value.getValue()));
            GraphParts.largest(added, opset, name, name + "/abs", 0);
        }
        return added;
    }

    private static RaggedBatch text(ModelSpec spec, int length, int vocabulary, Random random) {
        int most = Math.min(length, spec.texts().input().maxTokens());
        int padId = spec.texts().input().padId();
        int[] ids = IntStream.generate(() -> random.nextInt(vocabulary))
                .map(id -> id == padId ? (id + 1) % vocabulary : id)
                .limit(most)
                .toArray();
        return new RaggedBatch(List.of(new TokenSequence(ids)));
    }

    private static float[] larger(float[] one, float[] other) {
        float[] larger = new float[one.length];
        for (int i = 0; i < one.length; i++) {
            larger[i] = Math.max(one[i], other[i]);
        }
        return larger;
    }
}
