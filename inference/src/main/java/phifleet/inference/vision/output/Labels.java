package phifleet.inference.vision.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import phifleet.inference.model.ModelException;

/** What a model's classes are called, in the order of its scores. */
public final class Labels {
    /** What detectors of faces alone know. */
    public static final String FACE = "face";

    /** Built in: ImageNet's 1,000 classes and COCO's 80, as torchvision writes them, and a face. */
    public static final List<String> BUILT_IN = List.of("imagenet-1k", "coco-80", FACE);

    private Labels() {}

    /** A list that is built in; none of another name. */
    public static Optional<List<String>> builtIn(String name) {
        if (!BUILT_IN.contains(name)) {
            return Optional.empty();
        }
        try (InputStream in = Labels.class.getResourceAsStream(name + ".txt")) {
            if (in == null) {
                throw new IllegalStateException(name + ".txt is missing in this jar");
            }
            return Optional.of(lines(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A file: one label a line; or JSON, a list, an object from index to label, or one with such an object as {@code id2label}
     * (a model's config.json).
     *
     * @throws ModelException if it cannot be read, or an index is missing
     */
    public static List<String> read(Path file) throws ModelException {
        try {
            String text = Files.readString(file);
            String start = text.stripLeading();
            if (!start.startsWith("[") && !start.startsWith("{")) {
                return lines(text);
            }
            JsonNode root = new ObjectMapper().readTree(text);
            return root.isArray()
                    ? ofList(file, root)
                    : ofObject(file, root.path("id2label").isObject() ? root.get("id2label") : root);
        } catch (JsonProcessingException e) {
            throw new ModelException("labels " + file + " are no valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModelException("labels " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * What a model's {@code config.json} calls its classes; empty where it says nothing of them.
     *
     * @throws ModelException if it cannot be read, or an index is missing
     */
    public static List<String> ofConfig(Path file) throws ModelException {
        try {
            JsonNode names = new ObjectMapper().readTree(file.toFile()).path("id2label");
            return names.isObject() && !names.isEmpty() ? ofObject(file, names) : List.of();
        } catch (IOException e) {
            throw ModelException.ofJson(String.valueOf(file), e);
        }
    }

    private static List<String> lines(String text) {
        // A line that is empty between others keeps its number.
        return text.stripTrailing().lines().map(String::strip).toList();
    }

    private static List<String> ofList(Path file, JsonNode list) throws ModelException {
        List<String> labels = new ArrayList<>();
        for (JsonNode label : list) {
            labels.add(label(file, label));
        }
        return List.copyOf(labels);
    }

    private static List<String> ofObject(Path file, JsonNode object) throws ModelException {
        List<String> labels = new ArrayList<>(Collections.nCopies(object.size(), ""));
        boolean[] seen = new boolean[object.size()];
        for (var entry : object.properties()) {
            int index = index(entry.getKey());
            if (index < 0 || index >= seen.length || seen[index]) {
                throw new ModelException("labels " + file + ": key " + entry.getKey() + " is no index of 0 to "
                        + (seen.length - 1) + ", each of which must be there once");
            }
            seen[index] = true;
            labels.set(index, label(file, entry.getValue()));
        }
        return List.copyOf(labels);
    }

    private static int index(String key) {
        try {
            return Integer.parseInt(key);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** A word; or, as in Keras' list for ImageNet, a pair of WordNet's number and a word. */
    private static String label(Path file, JsonNode label) throws ModelException {
        JsonNode word = label.isArray() && label.size() == 2 ? label.get(1) : label;
        if (!word.isTextual()) {
            throw new ModelException("labels " + file + ": " + label + " is no label");
        }
        return word.textValue();
    }
}
