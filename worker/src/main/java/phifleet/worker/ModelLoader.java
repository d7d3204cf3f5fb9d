package phifleet.worker;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.engine.Engines;
import phifleet.inference.lane.ArrivalOrderPolicy;
import phifleet.inference.lane.BatchLimits;
import phifleet.inference.lane.BatchPolicy;
import phifleet.inference.lane.Lane;
import phifleet.inference.lane.LaneSettings;
import phifleet.inference.lane.LengthAwarePolicy;
import phifleet.inference.model.Device;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;
import phifleet.inference.text.GoldenCheck;
import phifleet.inference.text.LaneSentenceEncoder;
import phifleet.inference.text.ModuleChain;

/** Turns a specification into a model that serves: loaded, checked, measured and with its lane open. */
final class ModelLoader {
    private static final Logger LOG = LoggerFactory.getLogger(ModelLoader.class);

    private final Engines engines;
    private final WorkerSettings.LaneOptions options;
    private final BatchMemory memory;
    private final MeterRegistry registry;
    private final int processors;

    ModelLoader(
            Engines engines,
            WorkerSettings.LaneOptions options,
            BatchMemory memory,
            MeterRegistry registry,
            int processors) {
        this.engines = engines;
        this.options = options;
        this.memory = memory;
        this.registry = registry;
        this.processors = processors;
    }

    ResidentModel load(ModelSpec spec) throws ModelException {
        long start = System.nanoTime();
        if (!(spec.task() instanceof Task.SentenceEncoding encoding)) {
            throw new ModelException(
                    spec.id() + ": a worker does not serve a " + spec.task().label() + " yet");
        }
        // The two take about as long as each other, and neither needs the other.
        CompletableFuture<Tokenizer> reading = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return engines.tokenizer(spec);
                    } catch (ModelException e) {
                        throw new CompletionException(e);
                    }
                },
                task -> Thread.ofVirtual().name("tokenizer").start(task));
        Engines.LoadedModel loaded = engines.load(spec);
        Tokenizer tokenizer = join(reading);
        Model<TokenSequence, Vector> model =
                ModuleChain.behind(loaded.model(), encoding.recipe().modules());
        GoldenCheck known = golden(spec);
        GoldenCheck golden =
                known == null ? null : known.cutTo(spec.encoding().input().maxTokens());
        double cosine = golden == null
                ? Double.NaN
                : golden.verify(spec.id(), tokenizer, model, GoldenCheck.leastCosine(loaded.precision()));
        int dimension = model.run(List.of(tokenizer.encode("dimension", true)))
                .getFirst()
                .dimension();
        BatchLimits limits = batchLimits(spec, loaded, tokenizer);
        boolean onCpu = loaded.device() instanceof Device.Cpu;
        int loops = onCpu ? (options.loops() > 0 ? options.loops() : processors) : 1;
        Lane<TokenSequence, Vector> lane = new Lane<>(
                spec.id(),
                model,
                TokenSequence::length,
                new LaneSettings(options.queueTokens(), limits, options.window(), loops),
                policy(),
                new LaneMetrics(registry, spec.id()),
                System::nanoTime);
        ModelDescription description = new ModelDescription(
                spec.id(),
                spec.aliases(),
                spec.task(),
                loaded.engine(),
                loaded.version(),
                loaded.device(),
                loaded.precision(),
                loaded.reproducible());
        if (!encoding.recipe().decisions().isEmpty()) {
            LOG.info("{}: {}", spec.id(), String.join("; ", encoding.recipe().decisions()));
        }
        LOG.info(
                "{}: {} on {}, {} dimensions, batches of up to {} tokens on {} threads, golden cosine {}, {} ms",
                spec.id(),
                loaded.engine(),
                loaded.device().label(),
                dimension,
                limits.units(),
                loops,
                golden == null ? "not known" : String.format(Locale.ROOT, "%.6f", cosine),
                (System.nanoTime() - start) / 1_000_000);
        return new ResidentModel(
                new LaneSentenceEncoder(description, encoding, dimension, tokenizer, lane, System::nanoTime),
                lane,
                model,
                tokenizer,
                golden,
                cosine);
    }

    private BatchLimits batchLimits(ModelSpec spec, Engines.LoadedModel loaded, Tokenizer tokenizer)
            throws ModelException {
        BatchLimits limits = memory.limits(spec, loaded, options.batchItems(), tokenizer);
        int units = spec.scheduling().batchUnits() > 0 ? spec.scheduling().batchUnits() : limits.units();
        return new BatchLimits(units, options.batchItems(), limits.cost());
    }

    private BatchPolicy policy() {
        return switch (options.batching()) {
            case LENGTH_AWARE -> new LengthAwarePolicy();
            case ARRIVAL_ORDER -> new ArrivalOrderPolicy();
        };
    }

    private static @Nullable GoldenCheck golden(ModelSpec spec) throws ModelException {
        return switch (spec.golden()) {
            case null -> null;
            case ModelSpec.Golden.Resource(String name) -> {
                try (InputStream in = ModelLoader.class.getResourceAsStream(name)) {
                    if (in == null) {
                        throw new ModelException(spec.id() + ": the class path has no " + name);
                    }
                    yield GoldenCheck.read(in.readAllBytes(), name);
                } catch (IOException e) {
                    throw new ModelException(spec.id() + ": " + name + " cannot be read: " + e, e);
                }
            }
            case ModelSpec.Golden.File(var path) -> {
                try {
                    yield GoldenCheck.read(Files.readAllBytes(path), path.toString());
                } catch (IOException e) {
                    throw new ModelException(spec.id() + ": " + path + " cannot be read: " + e, e);
                }
            }
        };
    }

    private static Tokenizer join(CompletableFuture<Tokenizer> reading) throws ModelException {
        try {
            return reading.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ModelException reason) {
                throw reason;
            }
            throw e;
        }
    }
}
