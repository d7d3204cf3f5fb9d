package phifleet.inference.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Residency;
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
            long bytes = SourceFiles.bytes(spec.source());
            if (!threads.areFor(bytes, memoryBytes)) {
                throw new ModelException("its weights of " + (bytes >> 20) + " MB may be held twice");
            }
        } catch (ModelException e) {
            LOG.info("{}: no batch has more than one thread: {}", spec.id(), e.getMessage());
            return model;
        }
        return new WidenedModel<>(
                model, spec.residency() != Residency.MAPPED_FIRST, () -> second(spec, cpu, model, loading));
    }

    private Optional<Model<TokenSequence, Vector>> second(
            ModelSpec spec, Provider.Cpu cpu, Model<TokenSequence, Vector> model, Loading loading) {
        Optional<Model<TokenSequence, Vector>> second = Optional.empty();
        // The fewer threads, the fewer products are split where that changes a sum's order.
        for (int count = threads.count(); count > 1 && second.isEmpty(); count /= 2) {
            Provider wide = new Provider.Cpu(cpu.arena(), count);
            second = WidenedModel.second(spec.id(), model, () -> loading.on(wide), trials(spec));
        }
        return second;
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
}
