package phifleet.inference.serving;

import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.ServedModel;
import phifleet.inference.engine.Engines;
import phifleet.inference.lane.Examples;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.SparseVector;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;
import phifleet.inference.text.LaneCrossEncoder;
import phifleet.inference.text.LaneMultiVectorEncoder;
import phifleet.inference.text.LaneSpanExtractor;
import phifleet.inference.text.LaneSparseEncoder;
import phifleet.inference.text.LaneTextClassifier;
import phifleet.inference.text.LaneTokenClassifier;
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

    ResidentModel load(ModelSpec spec, Task.OfTexts task) throws ModelException {
        long start = System.nanoTime();
        Tokenizer tokenizer = engines.tokenizer(spec);
        Engines.LoadedModel loaded = engines.load(spec);
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

    private ResidentModel resident(ModelSpec spec, Task.OfTexts task, Engines.LoadedModel loaded, Tokenizer tokenizer)
            throws ModelException {
        ModelDescription description = loaded.description(spec);
        Model<TokenSequence, Vector> network = loaded.model();
        TokenSequence trial = task instanceof Task.SpanExtraction extraction
                ? LaneSpanExtractor.example(tokenizer, extraction, 0)
                : tokenizer.encode("width", true);
        int width = network.run(List.of(trial)).getFirst().dimension();
        return switch (task) {
            case Task.SentenceEncoding encoding ->
                throw new IllegalArgumentException(spec.id() + " is a " + encoding.label());
            case Task.CrossEncoding encoding -> {
                require(
                        spec,
                        width,
                        encoding.prompt() != null && encoding.prompt().comparesTokens() ? 2 : 1);
                TextLanes.Open<Vector> open = lanes.open(spec, task, loaded, network, tokenizer);
                yield serving(
                        new LaneCrossEncoder(
                                description, encoding, tokenizer, open.lane(), open.statistics(), System::nanoTime),
                        open,
                        network);
            }
            case Task.TextClassification classification -> {
                require(spec, width, classification.labels().size());
                TextLanes.Open<Vector> open = lanes.open(spec, task, loaded, network, tokenizer);
                yield serving(
                        new LaneTextClassifier(
                                description,
                                classification,
                                tokenizer,
                                open.lane(),
                                open.statistics(),
                                System::nanoTime),
                        open,
                        network);
            }
            case Task.TokenClassification classification -> {
                require(spec, width, classification.labels().size() * trial.length());
                TextLanes.Open<Vector> open = lanes.open(spec, task, loaded, network, tokenizer);
                yield serving(
                        new LaneTokenClassifier(
                                description,
                                classification,
                                tokenizer,
                                open.lane(),
                                open.statistics(),
                                System::nanoTime),
                        open,
                        network);
            }
            case Task.MultiVectorEncoding encoding -> {
                Model<TokenSequence, Vector> model =
                        new TokenVectors(network, encoding.recipe().modules());
                int dimension = model.run(List.of(trial)).getFirst().dimension() / trial.length();
                require(spec, dimension, encoding.dimension() == 0 ? dimension : encoding.dimension());
                TextLanes.Open<Vector> open = lanes.open(spec, task, loaded, model, tokenizer);
                yield serving(
                        new LaneMultiVectorEncoder(
                                description,
                                encoding,
                                dimension,
                                tokenizer,
                                open.lane(),
                                open.statistics(),
                                System::nanoTime),
                        open,
                        model);
            }
            case Task.SpanExtraction extraction -> {
                require(spec, width, extraction.maxWidth());
                TextLanes.Open<Vector> open = lanes.open(
                        spec,
                        task,
                        loaded,
                        network,
                        Examples.ofTexts(length -> LaneSpanExtractor.example(
                                tokenizer,
                                extraction,
                                Math.min(length, extraction.input().maxTokens()))));
                yield serving(
                        new LaneSpanExtractor(
                                description, extraction, tokenizer, open.lane(), open.statistics(), System::nanoTime),
                        open,
                        network);
            }
            case Task.SparseEncoding encoding -> {
                require(spec, Math.max(width, tokenizer.vocabularySize()), width);
                Model<TokenSequence, SparseVector> model = new SparseHead(network, encoding.squashed());
                TextLanes.Open<SparseVector> open = lanes.open(spec, task, loaded, model, tokenizer);
                yield serving(
                        new LaneSparseEncoder(
                                description, encoding, tokenizer, open.lane(), open.statistics(), System::nanoTime),
                        open,
                        model);
            }
        };
    }

    private static ResidentModel serving(ServedModel served, TextLanes.Open<?> open, Model<?, ?> model) {
        return new ResidentModel(served, open.lane(), model, Drift.UNKNOWN);
    }

    /** What the files say and what the graph gives must be the same. */
    private static void require(ModelSpec spec, int width, int wanted) throws ModelException {
        if (width != wanted) {
            throw new ModelException(spec.id() + ": the graph gives " + width + " numbers a text, and a "
                    + spec.task().label() + " with these files has " + wanted);
        }
    }

    private static void tell(ModelSpec spec, Task.OfTexts task, Engines.LoadedModel loaded, long start) {
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
