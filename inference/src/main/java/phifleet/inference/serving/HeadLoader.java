package phifleet.inference.serving;

import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.ServedModel;
import phifleet.inference.engine.Engines;
import phifleet.inference.engine.LoadedModel;
import phifleet.inference.engine.tokenizer.TokenizerDecisions;
import phifleet.inference.lane.Examples;
import phifleet.inference.lane.Lane;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;
import phifleet.inference.model.VectorModule;
import phifleet.inference.text.LaneCrossEncoder;
import phifleet.inference.text.LaneMultiVectorEncoder;
import phifleet.inference.text.LaneSparseEncoder;
import phifleet.inference.text.LaneTextClassifier;
import phifleet.inference.text.SparseEncoder;
import phifleet.inference.text.TextClassifier;
import phifleet.inference.text.entity.EntityExtractor;
import phifleet.inference.text.entity.LaneSpanExtractor;
import phifleet.inference.text.entity.LaneTokenClassifier;
import phifleet.inference.text.golden.GoldenCheck;
import phifleet.inference.text.golden.HeadGolden;
import phifleet.inference.text.module.ModuleChain;
import phifleet.inference.text.module.SparseHead;
import phifleet.inference.text.module.TokenVectors;

/** Turns the specification of a text model with a head into one that serves. */
final class HeadLoader {
    private static final Logger LOG = LoggerFactory.getLogger(HeadLoader.class);

    private final Engines engines;
    private final TextLanes lanes;

    HeadLoader(Engines engines, TextLanes lanes) {
        this.engines = engines;
        this.lanes = lanes;
    }

    ResidentModel load(ModelSpec wanted, Task.OfTexts told) throws ModelException {
        long start = System.nanoTime();
        Task.OfTexts task = Decided.with(told, TokenizerDecisions.of(wanted));
        ModelSpec spec = wanted.with(task);
        Tokenizer tokenizer = engines.tokenizer(spec);
        LoadedModel loaded = EqualLengths.where(spec, engines.load(spec));
        try {
            ResidentModel resident = resident(spec, task, loaded, tokenizer);
            tell(spec, task, loaded, start);
            return resident;
        } catch (ModelException | RuntimeException | Error e) {
            // Others go on serving.
            loaded.model().close();
            throw e;
        }
    }

    /** Makes what serves of a lane. */
    @FunctionalInterface
    private interface Head<T, O> {
        ServedModel on(
                ModelDescription description,
                T task,
                Tokenizer tokenizer,
                Lane<TokenSequence, O> lane,
                LaneStatistics statistics,
                LongSupplier nanoClock);
    }

    private ResidentModel resident(ModelSpec spec, Task.OfTexts task, LoadedModel loaded, Tokenizer tokenizer)
            throws ModelException {
        Model<TokenSequence, Vector> network = behind(loaded.model(), task);
        TokenSequence trial = task instanceof Task.SpanExtraction extraction
                ? LaneSpanExtractor.example(tokenizer, extraction, 0)
                : tokenizer.encode("width", true);
        int width = network.run(List.of(trial)).getFirst().dimension();
        Opening opening = new Opening(spec, loaded, tokenizer);
        return switch (task) {
            case Task.SentenceEncoding encoding ->
                throw new IllegalArgumentException(spec.id() + " is a " + encoding.label());
            case Task.CrossEncoding encoding -> {
                require(
                        spec,
                        width,
                        encoding.prompt() != null && encoding.prompt().comparesTokens() ? 2 : 1);
                yield opening.of(encoding, network, LaneCrossEncoder::new);
            }
            case Task.TextClassification classification -> {
                require(spec, width, classification.labels().size());
                yield opening.of(classification, network, LaneTextClassifier::new);
            }
            case Task.TokenClassification classification -> {
                require(spec, width, classification.labels().size() * trial.length());
                yield opening.of(classification, network, LaneTokenClassifier::new);
            }
            case Task.MultiVectorEncoding encoding -> {
                Model<TokenSequence, Vector> model =
                        new TokenVectors(loaded.model(), encoding.recipe().modules(), true);
                int dimension = model.run(List.of(trial)).getFirst().dimension() / trial.length();
                require(spec, dimension, encoding.dimension() == 0 ? dimension : encoding.dimension());
                yield opening.of(
                        encoding,
                        model,
                        (description, known, words, lane, statistics, clock) -> new LaneMultiVectorEncoder(
                                description, known, dimension, words, lane, statistics, clock));
            }
            case Task.SpanExtraction extraction -> {
                require(spec, width, extraction.maxWidth());
                Examples<TokenSequence> examples = Examples.ofTexts(length -> LaneSpanExtractor.example(
                        tokenizer,
                        extraction,
                        Math.min(length, extraction.input().maxTokens())));
                yield opening.on(
                        lanes.open(spec, task, loaded, network, TextLanes.USUAL_WIDTH, examples),
                        extraction,
                        network,
                        LaneSpanExtractor::new);
            }
            case Task.SparseEncoding encoding -> {
                require(spec, width, Math.max(width, tokenizer.ordinarySize()));
                // Sums are of what was squashed, so that the graph does both.
                int squashed = encoding.summed() ? 0 : encoding.squashed();
                yield opening.of(encoding, new SparseHead(network, squashed), LaneSparseEncoder::new);
            }
        };
    }

    /** The network with the layers of its head, where these are not in its graph. */
    private static Model<TokenSequence, Vector> behind(Model<TokenSequence, Vector> network, Task.OfTexts task) {
        List<VectorModule> modules = task.recipe().modules();
        return switch (task.grain()) {
            case TEXT -> ModuleChain.behind(network, modules);
            case TOKEN -> modules.isEmpty() ? network : new TokenVectors(network, modules, false);
            case SPAN -> network;
        };
    }

    /** What all heads of one model are opened with. */
    private final class Opening {
        private final ModelSpec spec;
        private final LoadedModel loaded;
        private final Tokenizer tokenizer;

        Opening(ModelSpec spec, LoadedModel loaded, Tokenizer tokenizer) {
            this.spec = spec;
            this.loaded = loaded;
            this.tokenizer = tokenizer;
        }

        /** @param model with all that belongs behind the network */
        <T extends Task.OfTexts, O> ResidentModel of(T task, Model<TokenSequence, O> model, Head<T, O> head)
                throws ModelException {
            return on(lanes.open(spec, task, loaded, model, TextLanes.USUAL_WIDTH, tokenizer), task, model, head);
        }

        <T, O> ResidentModel on(TextLanes.Open<O> open, T task, Model<TokenSequence, O> model, Head<T, O> head)
                throws ModelException {
            ServedModel served = head.on(
                    loaded.description(spec), task, tokenizer, open.lane(), open.statistics(), System::nanoTime);
            try {
                return new ResidentModel(served, open.lane(), model, drift(served, model));
            } catch (ModelException | RuntimeException | Error e) {
                open.lane().close();
                throw e;
            }
        }

        /** Of a model that reproduces what is known; any other is refused. */
        private Drift drift(ServedModel served, Model<TokenSequence, ?> model) throws ModelException {
            GoldenFile file = GoldenFile.of(spec);
            if (file == null) {
                return Drift.UNKNOWN;
            }
            HeadGolden golden = HeadGolden.read(file.json(), file.name(), served);
            double likeness = golden.verify(spec.id(), model, GoldenCheck.leastCosine(loaded.precision()));
            return new Drift.Known(
                    new Drift.Held(file.name(), answers(served), golden.size()),
                    () -> golden.verify(spec.id(), model, -1),
                    loaded.precision(),
                    likeness);
        }
    }

    private static Drift.Answers answers(ServedModel served) {
        return switch (served) {
            case TextClassifier classifier -> Drift.Answers.LABELS;
            case SparseEncoder encoder -> Drift.Answers.WEIGHTS;
            case EntityExtractor extractor -> Drift.Answers.ENTITIES;
            default -> Drift.Answers.SCORES;
        };
    }

    /** What the files say and what the graph gives must be the same. */
    private static void require(ModelSpec spec, int width, int wanted) throws ModelException {
        if (width != wanted) {
            throw new ModelException(spec.id() + ": the graph gives " + width + " numbers a text, and a "
                    + spec.task().label() + " with these files has " + wanted);
        }
    }

    private static void tell(ModelSpec spec, Task.OfTexts task, LoadedModel loaded, long start) {
        if (!task.recipe().decisions().isEmpty()) {
            LOG.info("{}: {}", spec.id(), String.join("; ", task.recipe().decisions()));
        }
        LOG.info(
                "{}: {} on {}, {}, up to {} {} a text, {} ms",
                spec.id(),
                loaded.engine(),
                loaded.device().label(),
                task.label(),
                task.input().maxTokens(),
                task.unit().label().toLowerCase(Locale.ROOT),
                (System.nanoTime() - start) / 1_000_000);
    }
}
