package phifleet.inference.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Task;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.model.Vector;
import phifleet.inference.vision.output.Head;
import phifleet.inference.vision.output.Heads;

/** What a model's outputs for an image mean. */
public sealed interface ImageReading {

    /** A score a label. */
    record Classes(String output) implements ImageReading {}

    /** Boxes with labels. */
    record Boxes(Head head) implements ImageReading {}

    /**
     * A vector.
     *
     * @param normalize whether it is scaled to length one
     */
    record OneVector(String output, boolean normalize) implements ImageReading {

        /**
         * The vector as the network gave it.
         *
         * @throws ModelException if one of its numbers is none
         */
        public Vector of(TensorSet found) throws ModelException {
            Tensor tensor = Objects.requireNonNull(found.get(output));
            float[] values = new float[Math.toIntExact(tensor.size())];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) tensor.number(i);
            }
            return new Vector(values).finite();
        }
    }

    /**
     * Finds it by what the model gave for one image.
     *
     * @param width of the model's input, in pixels
     * @throws ModelException if nothing fits or several outputs do; the message names the setting that decides
     */
    static ImageReading of(Task.OfImages task, TensorSet found, int width, int height) throws ModelException {
        return switch (task) {
            case Task.ImageClassification classification ->
                new Classes(only(
                        found, classification.output(), classification.labels().size()));
            case Task.ImageEncoding encoding -> new OneVector(only(found, encoding.output(), 0), encoding.normalize());
            case Task.Detection detection -> {
                Map<String, List<Long>> shapes = new LinkedHashMap<>();
                found.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
                int labels = detection.labels().size();
                yield new Boxes(
                        detection.head() == null
                                ? Heads.find(shapes, labels, width, height)
                                : Heads.named(detection.head(), shapes, labels, width, height));
            }
        };
    }

    /** The output that was named, or the one of so many values, or where their number is not known the only one. */
    private static String only(TensorSet found, @Nullable String named, int values) throws ModelException {
        if (named != null) {
            if (found.get(named) == null) {
                throw new ModelException("the graph has no output " + named + ", but "
                        + found.tensors().keySet());
            }
            requireAsMany(named, found.get(named), values);
            return named;
        }
        if (found.tensors().size() == 1) {
            Map.Entry<String, Tensor> output =
                    found.tensors().entrySet().iterator().next();
            requireAsMany(output.getKey(), output.getValue(), values);
            return output.getKey();
        }
        List<String> fitting = new ArrayList<>();
        for (Map.Entry<String, Tensor> output : found.tensors().entrySet()) {
            if (values == 0 || output.getValue().size() == values) {
                fitting.add(output.getKey());
            }
        }
        if (fitting.size() != 1) {
            throw new ModelException("the graph's outputs are " + found.tensors()
                    + (values == 0 ? "" : ", and there are " + values + " labels") + "; name one with output:");
        }
        return fitting.getFirst();
    }

    /** @param values of an image; 0 where that is not known */
    private static void requireAsMany(String output, @Nullable Tensor tensor, int values) throws ModelException {
        if (values > 0 && tensor != null && tensor.size() != values) {
            throw new ModelException("output " + output + " tells " + tensor.size() + " things apart, and there are "
                    + values + " labels: give labels: with a line for each");
        }
    }
}
