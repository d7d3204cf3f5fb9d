package phifleet.inference.engine;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.engine.onnx.Provider;
import phifleet.inference.graph.ExternalWeights;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/**
 * Which models of texts get a second form for batches that run alone, and what that is tried with.
 *
 * @param memoryBytes of this machine, or of the container
 */
record Widening(EngineSettings.AloneThreads threads, long memoryBytes) {
    private static final Logger LOG = LoggerFactory.getLogger(Widening.class);

    /**
     * Lengths of texts, alone and together. Few rows are split otherwise than many; and where a sum over a text's tokens is a product
     * of its own, the most threads work at it from some 600 tokens on.
     */
    private static final List<List<Integer>> TRIALS = List.of(List.of(8), List.of(40, 5), List.of(640));

    /** Every vocabulary is larger. */
    private static final int MOST_ID = 20;

    static Widening of(EngineSettings.AloneThreads threads) {
        return new Widening(
                threads,
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
    }

    /** Loads a model for a provider. */
    @FunctionalInterface
    interface Loading {
        Model<TokenSequence, Vector> on(Provider provider) throws ModelException;
    }

    /** Loads a model, with its second form where it is to have one. */
    Model<TokenSequence, Vector> load(ModelSpec spec, Provider provider, Loading loading) throws ModelException {
        return beside(spec, provider, loading.on(provider), loading);
    }

    /** A model that was loaded, with its second form where it is to have one. */
    Model<TokenSequence, Vector> beside(
            ModelSpec spec, Provider provider, Model<TokenSequence, Vector> model, Loading loading) {
        if (!(provider instanceof Provider.Cpu cpu) || threads.count() == 1) {
            return model;
        }
        try {
            long bytes = bytes(spec.source());
            if (!threads.areFor(bytes, memoryBytes)) {
                throw new ModelException("its weights of " + (bytes >> 20) + " MB may be held twice");
            }
        } catch (ModelException e) {
            LOG.info("{}: no batch has more than one thread: {}", spec.id(), e.getMessage());
            return model;
        }
        return new WidenedModel<>(model, () -> second(spec, cpu, model, loading));
    }

    private @Nullable Model<TokenSequence, Vector> second(
            ModelSpec spec, Provider.Cpu cpu, Model<TokenSequence, Vector> model, Loading loading) {
        // The fewer threads, the fewer products are split where that changes a sum's order.
        for (int count = threads.count(); count > 1; count /= 2) {
            Provider wide = new Provider.Cpu(cpu.arena(), count);
            Model<TokenSequence, Vector> second =
                    WidenedModel.second(spec.id(), model, () -> loading.on(wide), trials(spec));
            if (second != null) {
                LOG.debug("{}: {} threads for a batch that runs alone", spec.id(), count);
                return second;
            }
        }
        return null;
    }

    private static List<List<TokenSequence>> trials(ModelSpec spec) {
        int most = spec.texts().input().maxTokens();
        int pad = spec.texts().input().padId();
        return TRIALS.stream()
                .map(lengths -> lengths.stream()
                        .map(length -> text(Math.min(length, most), pad))
                        .toList())
                .toList();
    }

    private static TokenSequence text(int length, int pad) {
        return new TokenSequence(IntStream.range(0, length)
                .map(i -> i % MOST_ID)
                .map(id -> id == pad ? MOST_ID : id)
                .toArray());
    }

    private static long bytes(ModelSource source) throws ModelException {
        return switch (source) {
            case ModelSource.Embedded embedded -> embedded.weightsBytes();
            case ModelSource.Files files -> bytes(ExternalWeights.filesOf(files.weights()));
            case ModelSource.Safetensors weights -> bytes(safetensors(weights.weights()));
            case ModelSource.Table table -> bytes(List.of(table.table()));
            case ModelSource.Graph graph -> bytes(ExternalWeights.filesOf(graph.graph()));
            case ModelSource.Program program -> bytes(List.of(program.archive()));
        };
    }

    /** One file, or those that an index beside them names. */
    private static List<Path> safetensors(Path weights) throws ModelException {
        if (weights.toString().endsWith(".safetensors")) {
            return List.of(weights);
        }
        try (Stream<Path> beside = Files.list(weights.toAbsolutePath().resolveSibling(""))) {
            return beside.filter(file -> file.toString().endsWith(".safetensors"))
                    .toList();
        } catch (IOException e) {
            throw new ModelException(weights + " cannot be read: " + e, e);
        }
    }

    private static long bytes(List<Path> files) {
        return files.stream().mapToLong(file -> file.toFile().length()).sum();
    }
}
