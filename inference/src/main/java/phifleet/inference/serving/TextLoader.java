package phifleet.inference.serving;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.engine.Engines;
import phifleet.inference.engine.LoadedModel;
import phifleet.inference.engine.tokenizer.TokenizerDecisions;
import phifleet.inference.lane.Lane;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Task;
import phifleet.inference.model.TextOutputs;
import phifleet.inference.model.TokenHeads;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;
import phifleet.inference.text.LaneHybridEncoder;
import phifleet.inference.text.LaneSentenceEncoder;
import phifleet.inference.text.SentenceEncoder;
import phifleet.inference.text.golden.GoldenCheck;
import phifleet.inference.text.module.ModuleChain;
import phifleet.inference.text.module.TokenHeadsModel;

/** Turns the specification of a model of texts into one that takes work. For the thread that loads. */
public final class TextLoader {
    private static final Logger LOG = LoggerFactory.getLogger(TextLoader.class);

    private final Engines engines;
    private final TextLanes lanes;

    public TextLoader(
            Engines engines, LaneOptions options, BatchMemory memory, LaneObservers observers, Devices devices) {
        this.engines = engines;
        this.lanes = new TextLanes(options, memory, observers, devices);
    }

    /** Loads, checks and measures it, and opens its lane; it is the caller's to close. */
    public ResidentModel load(ModelSpec spec, Task.OfTexts task) throws ModelException {
        return task instanceof Task.SentenceEncoding encoding
                ? encoder(spec, encoding)
                : new HeadLoader(engines, lanes).load(spec, task);
    }

    private ResidentModel encoder(ModelSpec wanted, Task.SentenceEncoding task) throws ModelException {
        long start = System.nanoTime();
        boolean hybrid = task.heads() != null && givesTokens(wanted);
        if (task.heads() != null && !hybrid) {
            LOG.warn(
                    "{}: sparse and many vectors are not given in {} or by {}; fp32 and onnxruntime would",
                    wanted.id(),
                    wanted.precision().label(),
                    wanted.engine());
        }
        Task.SentenceEncoding encoding = Decided.with(hybrid ? task : task.with(null), TokenizerDecisions.of(wanted));
        ModelSpec spec = wanted.with(encoding);
        // The two take about as long as each other, and neither needs the other.
        CompletableFuture<Tokenizer> reading = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return engines.tokenizer(spec);
                    } catch (ModelException e) {
                        throw new CompletionException(e);
                    }
                },
                reader -> Thread.ofVirtual().name("tokenizer").start(reader));
        LoadedModel loaded = EqualLengths.where(spec, engines.load(spec));
        try {
            return encoder(spec, encoding, loaded, join(reading), start);
        } catch (ModelException | RuntimeException | Error e) {
            // Others go on serving.
            loaded.model().close();
            throw e;
        }
    }

    /** Whether the engine lets a network's vectors of tokens out. */
    private static boolean givesTokens(ModelSpec spec) {
        return spec.engine() == EngineKind.ONNXRUNTIME && !spec.precision().isHalf();
    }

    private ResidentModel encoder(
            ModelSpec spec, Task.SentenceEncoding told, LoadedModel loaded, Tokenizer tokenizer, long start)
            throws ModelException {
        TokenSequence trial = told.input().fill(tokenizer.encode("dimension", true));
        Model<TokenSequence, Vector> model = told.heads() == null
                ? ModuleChain.behind(loaded.model(), told.recipe().modules())
                : TokenHeadsModel.behind(
                        loaded.model(),
                        told,
                        loaded.model().run(List.of(trial)).getFirst().dimension());
        GoldenCheck known = golden(spec);
        GoldenCheck golden = known == null ? null : known.cutTo(told.input().maxTokens());
        double cosine = golden == null
                ? Double.NaN
                : golden.verify(spec.id(), tokenizer, model, GoldenCheck.leastCosine(loaded.precision()));
        int dimension = model.run(List.of(trial)).getFirst().dimension();
        Task.SentenceEncoding encoding = told.of(dimension);
        requireAsMany(spec, encoding, dimension);
        TextLanes.Open<Vector> open = lanes.open(spec, encoding, loaded, model, dimension, tokenizer);
        Lane<TokenSequence, Vector> lane = open.lane();
        ModelDescription description = loaded.description(spec);
        if (!encoding.recipe().decisions().isEmpty()) {
            LOG.info("{}: {}", spec.id(), String.join("; ", encoding.recipe().decisions()));
        }
        LOG.info(
                "{}: {} on {}, {} dimensions, batches of up to {} {}, golden cosine {}, {} ms",
                spec.id(),
                loaded.engine(),
                loaded.device().label(),
                dimension,
                open.limits().units(),
                encoding.unit().label(),
                golden == null ? "not known" : String.format(Locale.ROOT, "%.6f", cosine),
                (System.nanoTime() - start) / 1_000_000);
        SentenceEncoder served = encoding.heads() == null
                ? new LaneSentenceEncoder(
                        description, encoding, dimension, tokenizer, lane, open.statistics(), System::nanoTime)
                : new LaneHybridEncoder(
                        description,
                        encoding,
                        dimension,
                        tokenDimension(encoding.heads(), model, trial),
                        tokenizer,
                        lane,
                        open.statistics(),
                        System::nanoTime);
        return new ResidentModel(
                served,
                lane,
                model,
                golden == null
                        ? Drift.UNKNOWN
                        : new Drift.Known(
                                new Drift.Held(golden.name(), Drift.Answers.VECTORS, golden.size()),
                                () -> golden.verify(spec.id(), tokenizer, model, -1),
                                loaded.precision(),
                                cosine));
    }

    /** Bounds of another model's numbers would be taken without a word. */
    private static void requireAsMany(ModelSpec spec, Task.SentenceEncoding encoding, int dimension)
            throws ModelException {
        int own = encoding.recipe().dimensions() == 0
                ? dimension
                : encoding.recipe().dimensions();
        if (encoding.ranges() != null && encoding.ranges().dimension() != own) {
            throw new ModelException(spec.id() + ": calibration is of "
                    + encoding.ranges().dimension() + " numbers, and its vectors have " + own);
        }
    }

    /** Numbers of a token's vector, 0 where there is none; fails where the heads do not fit the network. */
    private static int tokenDimension(TokenHeads heads, Model<TokenSequence, Vector> model, TokenSequence trial)
            throws ModelException {
        if (heads.outputs().sparse()) {
            model.run(List.of(trial.asking(TextOutputs.SPARSE)));
        }
        if (!heads.outputs().multiVector()) {
            return 0;
        }
        Vector vectors =
                model.run(List.of(trial.asking(TextOutputs.MULTI_VECTOR))).getFirst();
        return vectors.dimension() / Math.max(1, trial.length() - 1);
    }

    private static @Nullable GoldenCheck golden(ModelSpec spec) throws ModelException {
        GoldenFile file = GoldenFile.of(spec);
        return file == null ? null : GoldenCheck.read(file.json(), file.name());
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
