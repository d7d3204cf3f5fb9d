package phifleet.inference.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import phifleet.inference.engine.cache.CacheKey;
import phifleet.inference.engine.cache.CachedFolder;
import phifleet.inference.engine.onnx.session.OnnxSession;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.engine.onnx.session.SessionSettings;
import phifleet.inference.engine.onnx.session.SessionSettings.Optimization;
import phifleet.inference.graph.EncoderGraph;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.onnx.ExternalWeights;

/** The 8-bit integers of an encoder whose floats are in safetensors: made on the first start, held against the floats, and kept. */
final class RaggedInt8 {
    /** Part of the key: a change of what is written must not find what was written before. */
    private static final String FORMAT = "2";

    private static final String GRAPH = "model.onnx";
    private static final String WEIGHTS = "weights.bin";
    private static final SessionSettings PLAIN =
            SessionSettings.on(Provider.PLAIN_CPU).quietly().with(Optimization.BASIC);

    private RaggedInt8() {}

    /**
     * Finds or makes the graph.
     *
     * @param graph in 32-bit floats
     */
    static Path of(ModelSpec spec, EncoderGraph graph, EncoderGraph.Output output, Path cache)
            throws IOException, ModelException {
        String name = CacheKey.named(spec.id(), key(graph));
        Path folder = cache.resolve("models").resolve(name);
        CachedFolder.of(folder, made -> make(spec, graph, output, made));
        return folder.resolve(GRAPH);
    }

    private static String key(EncoderGraph graph) throws IOException, ModelException {
        StringBuilder parts = new StringBuilder(FORMAT)
                .append('\n')
                .append(OrtEnvironment.getEnvironment().getVersion())
                .append('\n')
                .append(System.getProperty("os.arch"))
                .append('\n')
                .append(graph.folder().toRealPath());
        try (Stream<Path> files = Files.list(graph.folder())) {
            for (Path file : files.filter(found -> found.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList()) {
                parts.append('\n').append(file.getFileName()).append(' ').append(CacheKey.stamp(file));
            }
        }
        return CacheKey.of(parts.append('\n')
                .append(new String(graph.model(), StandardCharsets.ISO_8859_1))
                .toString());
    }

    private static void make(ModelSpec spec, EncoderGraph graph, EncoderGraph.Output output, Path result)
            throws IOException, ModelException {
        Path work = Files.createTempDirectory(result.resolveSibling(""), "preparing");
        try {
            Path floats = Files.write(work.resolve(GRAPH), graph.model());
            for (String name : ExternalWeights.of(floats)) {
                PreparedModel.linkOrCopy(graph.folder().resolve(name), work.resolve(name));
            }
            Path integers = result.resolve(GRAPH);
            RowInt8Graph.write(
                    spec,
                    floats,
                    (texts, names) -> RaggedSentenceModel.inputs(
                            graph, output, spec.texts().pooling(), texts, names),
                    integers,
                    EncoderGraph.HIDDEN,
                    result.resolve(WEIGHTS));
            RewriteCheck.require(
                    spec,
                    RewriteCheck.disagreement(
                            vectors(spec, graph, output, floats),
                            vectors(spec, graph, output, integers),
                            RewriteCheck.BYTES));
        } finally {
            PreparedModel.deleteAll(work);
        }
    }

    private static List<Vector> vectors(ModelSpec spec, EncoderGraph graph, EncoderGraph.Output output, Path file)
            throws ModelException {
        Random random = new Random(1);
        try (RaggedSentenceModel model =
                RaggedSentenceModel.opened(spec, graph, output, OnnxSession.open(file, PLAIN))) {
            return model.run(IntStream.of(3, 7, 17)
                    .mapToObj(length -> new TokenSequence(IntStream.generate(() ->
                                    RewriteCheck.id(random, spec.texts().input().padId()))
                            .limit(length)
                            .toArray()))
                    .toList());
        }
    }
}
