package phifleet.worker.residence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;

/** What is known of a model before it is loaded. */
final class ModelFiles {
    private ModelFiles() {}

    /** How its files are read: models of one kind take memory and time in like proportion to them. */
    static String kind(ModelSpec spec) {
        String form = switch (spec.source()) {
            case ModelSource.Embedded embedded -> "graph";
            case ModelSource.Files files -> "graph";
            case ModelSource.Graph graph -> "graph";
            case ModelSource.Towers towers -> "graph";
            case ModelSource.Safetensors safetensors -> "safetensors";
            case ModelSource.Table table -> "table";
            case ModelSource.Program program -> "program";
        };
        return form + " " + spec.precision().label();
    }

    /** The length of its weights; empty where they cannot be looked at. */
    static OptionalLong bytes(ModelSpec spec) {
        try {
            return OptionalLong.of(
                    switch (spec.source()) {
                        case ModelSource.Embedded embedded -> embedded.weightsBytes();
                        case ModelSource.Files files -> withBesides(files.weights());
                        case ModelSource.Graph graph -> withBesides(graph.graph());
                        case ModelSource.Towers towers -> withBesides(towers.texts()) + withBesides(towers.images());
                        case ModelSource.Safetensors safetensors -> shards(safetensors.weights());
                        case ModelSource.Table table -> Files.size(table.table());
                        case ModelSource.Program program -> Files.size(program.archive());
                    });
        } catch (IOException | UncheckedIOException e) {
            return OptionalLong.empty();
        }
    }

    /** A graph's weights may be in files of its name and more. */
    private static long withBesides(Path graph) throws IOException {
        String name = String.valueOf(graph.getFileName());
        String stem = name.endsWith(".onnx") ? name.substring(0, name.length() - ".onnx".length()) : name;
        return sum(graph, file -> file.equals(name) || file.startsWith(name) || file.equals(stem + ".data"));
    }

    private static long shards(Path weights) throws IOException {
        return weights.toString().endsWith(".json")
                ? sum(weights, file -> file.endsWith(".safetensors"))
                : Files.size(weights);
    }

    private static long sum(Path beside, Predicate<String> names) throws IOException {
        try (Stream<Path> files = Files.list(beside.toAbsolutePath().resolveSibling(""))) {
            return files.filter(file -> names.test(String.valueOf(file.getFileName())))
                    .mapToLong(ModelFiles::size)
                    .sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
