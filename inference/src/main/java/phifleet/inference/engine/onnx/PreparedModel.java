package phifleet.inference.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import phifleet.inference.engine.cache.CacheKey;
import phifleet.inference.engine.cache.CachedFolder;
import phifleet.inference.engine.onnx.session.OnnxSession;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.engine.onnx.session.SessionSettings;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Task;
import phifleet.inference.model.Tensor;
import phifleet.inference.onnx.ExternalWeights;
import phifleet.inference.onnx.OnnxPrecision;
import phifleet.inference.onnx.OnnxSignature;

/**
 * A model in the form that runs and starts fastest: pooling appended, on a CPU padding taken out ({@link PackedGraph}), the
 * graph optimised once and its attention made one operator ({@link FusedAttention}), weights in a file beside it that the
 * engine maps rather than reads. Made on the first start and kept in the cache folder ({@link CachedFolder}).
 *
 * @param key names this form: the model, its files, the engine's version and the kind of device
 * @param graph the graph to load
 * @param signature its inputs and outputs
 * @param optimized whether the graph needs no more optimisation
 * @param byRow whether its 8-bit integers are made row by row, so that a text is the same in any batch
 */
record PreparedModel(String key, Path graph, OnnxSignature signature, boolean optimized, boolean byRow) {
    /** Part of the key: a change of what this class writes must not find what it wrote before. */
    private static final String FORMAT = "14";

    private static final String GRAPH = "model.onnx";
    private static final String WEIGHTS = "weights.bin";

    /** Is there where the engine cannot read what it wrote: the names within branches of some graphs clash then. */
    private static final String NOT_OPTIMIZED = "not-optimized";

    /** Is there where a graph of 32-bit floats was made one of 8-bit integers. */
    private static final String BY_ROW = "int8-by-row";

    private static final Map<String, String> WEIGHTS_APART = Map.of(
            "session.optimized_model_external_initializers_file_name",
            WEIGHTS,
            "session.optimized_model_external_initializers_min_size_in_bytes",
            "1024");

    /** Finds or makes the prepared form. */
    static PreparedModel of(ModelSpec spec, Path cache, boolean onCpu) throws IOException, ModelException {
        String key = CacheKey.named(spec.id(), hash(spec, onCpu));
        Path folder = cache.resolve("models").resolve(key);
        CachedFolder.of(folder, made -> make(spec, made, onCpu));
        Path graph = folder.resolve(GRAPH);
        return new PreparedModel(
                key,
                graph,
                signature(graph),
                onCpu && !Files.exists(folder.resolve(NOT_OPTIMIZED)),
                Files.exists(folder.resolve(BY_ROW)));
    }

    private static void make(ModelSpec spec, Path result, boolean onCpu) throws IOException, ModelException {
        Path work = Files.createTempDirectory(result.resolveSibling(""), "preparing");
        try {
            Path source = source(spec, work);
            Path pooled = pooled(spec, source, work.resolve("pooled.onnx"));
            ElementType reduced = reduced(spec, source);
            boolean integers = spec.precision() == Precision.INT8 && isOfWideFloats(source);
            Files.delete(source);
            if (integers && !onCpu) {
                throw new ModelException("precision int8 is made of 32-bit floats for CPUs alone");
            } else if (integers) {
                quantise(spec, pooled, work, result);
            } else if (reduced != ElementType.FP32) {
                Path wide = onCpu ? rewritten(spec, pooled, work, false) : pooled;
                reduce(spec, pooled, wide, result.resolve(GRAPH), reduced);
            } else if (onCpu) {
                rewritten(spec, pooled, result, true);
            } else {
                Files.move(pooled, result.resolve(GRAPH));
                linkWeights(result.resolve(GRAPH), work, result);
            }
        } finally {
            deleteAll(work);
        }
    }

    /** A copy with the pooling appended, where there is any. */
    private static Path pooled(ModelSpec spec, Path source, Path target) throws IOException, ModelException {
        Pooling pooling = spec.texts().pooling();
        if (pooling.isNone()) {
            linkOrCopy(source, target);
        } else if (spec.task() instanceof Task.SparseEncoding encoding) {
            MaxGraph.write(source, target, encoding, output(signature(source), pooling));
        } else {
            PoolingGraph.write(source, target, output(signature(source), pooling));
        }
        return target;
    }

    /** The floats that a graph of 32-bit ones is to be made of; those where it is to stay as it is. */
    private static ElementType reduced(ModelSpec spec, Path source) throws IOException {
        ElementType wanted = switch (spec.precision()) {
            case FP16 -> ElementType.FP16;
            case BF16 -> ElementType.BF16;
            case FP32, INT8, INT4 -> ElementType.FP32;
        };
        return wanted != ElementType.FP32 && ReducedPrecision.isWide(source) ? wanted : ElementType.FP32;
    }

    /**
     * Writes a graph in other floats, but for the pooling, and holds it against what it was where this machine's processor can run
     * it. A graph of 16-bit floats is made of one that was rewritten, not the other way round: a CPU's optimiser takes apart what it
     * has no 16-bit kernels for.
     */
    private static void reduce(ModelSpec spec, Path plain, Path wide, Path target, ElementType to)
            throws IOException, ModelException {
        ReducedPrecision.write(wide, target, to);
        String vectors = output(signature(plain), Pooling.NONE).name();
        // On a CPU the engine has no kernels for bf16.
        if (to == ElementType.FP16) {
            RewriteCheck.require(spec, new RewriteCheck(spec, plain, vectors).disagreement(target));
        }
    }

    /** Whether a graph computes in 32-bit floats, of which others can be made. */
    static boolean isOfWideFloats(Path source) throws IOException {
        if (!ReducedPrecision.isWide(source)) {
            return false;
        }
        try (FileChannel file = FileChannel.open(source, StandardOpenOption.READ)) {
            return OnnxPrecision.of(file.map(MapMode.READ_ONLY, 0, file.size())) == Precision.FP32;
        }
    }

    /** Writes a graph of 32-bit floats as one of 8-bit integers. */
    private static void quantise(ModelSpec spec, Path pooled, Path work, Path result)
            throws IOException, ModelException {
        Path wide = rewritten(spec, pooled, work, true);
        String vectors = output(signature(pooled), Pooling.NONE).name();
        String rows =
                signature(wide).output(FusedAttention.TOKEN_ROWS).isPresent() ? FusedAttention.TOKEN_ROWS : vectors;
        Path target = result.resolve(GRAPH);
        RowInt8Graph.write(
                spec, wide, (texts, names) -> inputs(spec, texts, names), target, rows, result.resolve(WEIGHTS));
        RewriteCheck.require(spec, new RewriteCheck(spec, pooled, vectors).disagreementOfBytes(target));
        Files.createFile(result.resolve(BY_ROW));
        if (Files.exists(work.resolve(NOT_OPTIMIZED))) {
            Files.createFile(result.resolve(NOT_OPTIMIZED));
        }
    }

    private static Map<String, Tensor> inputs(ModelSpec spec, RaggedBatch texts, List<String> names) {
        InputBuffers memory = new InputBuffers(texts.texts() * texts.longest());
        memory.fill(texts, spec.texts().input().padId(), spec.texts().pooling());
        return memory.tensors(names);
    }

    /**
     * Writes a graph in a folder as it is fastest on a CPU.
     *
     * @param apart whether its weights go to a file of their own, as they do where nothing more is made of it
     */
    private static Path rewritten(ModelSpec spec, Path pooled, Path folder, boolean apart)
            throws IOException, ModelException {
        String vectors = output(signature(pooled), Pooling.NONE).name();
        RewriteCheck check = new RewriteCheck(spec, pooled, vectors);
        Path packed = pooled.resolveSibling("packed.onnx");
        boolean packs = spec.texts().input().packing()
                && PackedGraph.write(pooled, packed, vectors)
                && check.agrees(packed, "padding is computed");
        Path graph = folder.resolve(GRAPH);
        optimize(packs ? packed : pooled, graph, apart);
        // Beside the weights, which the graph names by their file.
        Path fused = folder.resolve("fused.onnx");
        // Loops are not told in other floats: what is to be made of 16-bit ones has none.
        boolean fuses = FusedAttention.write(graph, fused, vectors, apart)
                && check.agrees(fused, "attention is computed step by step");
        if (fuses) {
            Files.move(fused, graph, StandardCopyOption.REPLACE_EXISTING);
            return graph;
        }
        Files.deleteIfExists(fused);
        if (!check.agrees(graph, "the graph is optimised at each start")) {
            Files.deleteIfExists(folder.resolve(WEIGHTS));
            Files.copy(packs ? packed : pooled, graph, StandardCopyOption.REPLACE_EXISTING);
            Files.createFile(folder.resolve(NOT_OPTIMIZED));
            if (!folder.equals(pooled.resolveSibling(""))) {
                linkWeights(graph, pooled.resolveSibling(""), folder);
            }
        }
        return graph;
    }

    private static Path source(ModelSpec spec, Path work) throws IOException, ModelException {
        Path copy = work.resolve("source.onnx");
        switch (spec.source()) {
            case ModelSource.Embedded embedded -> {
                try (InputStream in = PreparedModel.class.getResourceAsStream(embedded.weightsResource())) {
                    if (in == null) {
                        throw new ModelException(spec.id() + ": the class path has no " + embedded.weightsResource());
                    }
                    Files.copy(in, copy);
                }
            }
            case ModelSource.Files files -> {
                linkOrCopy(files.weights(), copy);
                linkWeights(files.weights(), files.weights().resolveSibling(""), work);
            }
            case ModelSource.Safetensors weights -> throw noGraph(spec);
            case ModelSource.Table table -> throw noGraph(spec);
            case ModelSource.Towers towers -> throw noGraph(spec);
            case ModelSource.Graph graph -> throw noGraph(spec);
            case ModelSource.Program program -> throw noGraph(spec);
        }
        return copy;
    }

    /** Weights outside of the graph's file are looked for beside it, under the names that it has for them. */
    static void linkWeights(Path graph, Path from, Path to) throws IOException, ModelException {
        for (String name : ExternalWeights.of(graph)) {
            Path target = to.resolve(name).normalize();
            if (!target.startsWith(to)) {
                throw new ModelException(graph + " names weights in " + name + ", out of its folder");
            }
            Files.createDirectories(target.resolveSibling(""));
            linkOrCopy(from.resolve(name), target);
        }
    }

    /** Without a copy where the file system allows it. */
    static void linkOrCopy(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from.toRealPath());
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            // Another file system, or one that has no links.
            Files.copy(from, to);
        }
    }

    private static void optimize(Path graph, Path target, boolean apart) throws ModelException {
        SessionSettings settings = SessionSettings.on(Provider.PLAIN_CPU).writing(target);
        try {
            OnnxSession.open(graph, apart ? settings.with(WEIGHTS_APART) : settings)
                    .close();
        } catch (ModelException e) {
            throw new ModelException("ONNX Runtime refuses the graph: " + e.getMessage(), e);
        }
    }

    static OnnxSignature signature(Path graph) throws IOException, ModelException {
        try (FileChannel file = FileChannel.open(graph, StandardOpenOption.READ)) {
            return OnnxSignature.read(file.map(MapMode.READ_ONLY, 0, file.size()));
        } catch (IllegalArgumentException | BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new ModelException(graph + " is not an ONNX model: " + e.getMessage(), e);
        }
    }

    /** The output that holds the tokens' vectors, or the texts' where the graph pools by itself. */
    static OnnxSignature.Value output(OnnxSignature signature, Pooling pooling) throws ModelException {
        int rank = pooling.isNone() ? 2 : 3;
        List<String> usual = pooling.isNone()
                ? List.of(
                        FusedAttention.TOKEN_ROWS,
                        PoolingGraph.POOLED,
                        "sentence_embedding",
                        "embedding",
                        "embeddings",
                        "pooler_output",
                        "logits")
                : List.of("last_hidden_state", "token_embeddings", "hidden_states", "logits");
        return output(signature, rank, usual)
                .orElseThrow(() -> new ModelException("pooling " + pooling.label() + " wants an output of " + rank
                        + " dimensions, but the outputs are " + signature.outputs()));
    }

    /** The output of so many dimensions; of several the first of the usual names, else the first. */
    static Optional<OnnxSignature.Value> output(OnnxSignature signature, int rank, List<String> usual) {
        return usual.stream()
                .flatMap(name -> signature.output(name).stream())
                .filter(value -> value.rank() == rank)
                .findFirst()
                .or(() -> signature.outputs().stream()
                        .filter(value -> value.rank() == rank)
                        .findFirst());
    }

    private static IllegalArgumentException noGraph(ModelSpec spec) {
        return new IllegalArgumentException(spec.id() + " has no graph of texts that could be prepared");
    }

    private static String reducedLabel(Precision precision) {
        return switch (precision) {
            case FP16, BF16, INT8 -> precision.label();
            case FP32, INT4 -> "as exported";
        };
    }

    private static String hash(ModelSpec spec, boolean onCpu) throws IOException, ModelException {
        String source = switch (spec.source()) {
            case ModelSource.Embedded embedded -> embedded.weightsResource() + ' ' + embedded.weightsBytes();
            case ModelSource.Files files -> {
                StringBuilder names = new StringBuilder().append(files.weights().toRealPath());
                for (Path file : ExternalWeights.filesOf(files.weights())) {
                    names.append(' ').append(CacheKey.stamp(file));
                }
                yield names.toString();
            }
            case ModelSource.Safetensors weights -> throw noGraph(spec);
            case ModelSource.Table table -> throw noGraph(spec);
            case ModelSource.Towers towers -> throw noGraph(spec);
            case ModelSource.Graph graph -> throw noGraph(spec);
            case ModelSource.Program program -> throw noGraph(spec);
        };
        String text = String.join(
                "\n",
                FORMAT,
                source,
                OrtEnvironment.getEnvironment().getVersion(),
                System.getProperty("os.arch"),
                spec.task() instanceof Task.SparseEncoding encoding
                        ? encoding.summed() ? "sum squashed " + encoding.squashed() : "largest"
                        : spec.texts().pooling().isNone() ? "as is" : "pooled",
                reducedLabel(spec.precision()),
                !onCpu ? "gpu" : spec.texts().input().packing() ? "cpu, packed" : "cpu");
        return CacheKey.of(text);
    }

    static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
