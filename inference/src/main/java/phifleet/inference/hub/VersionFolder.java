package phifleet.inference.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One version of a model: a sub-folder named by a whole number, as Triton has it.
 *
 * @param path where its files are
 * @param number as in the folder's name
 */
public record VersionFolder(Path path, String number) {
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

    /** By which a folder is a model's itself, whatever sub-folders it has. */
    private static final Pattern OF_A_MODEL =
            Pattern.compile(".*[.](onnx|safetensors|pt)|config[.]json|tokenizer[.]json|modules[.]json");

    /** Those that have a file in their folders, the greatest number first; none where a path has no versions. */
    public static List<VersionFolder> newestFirst(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> all = entries.toList();
            if (all.stream().anyMatch(entry -> OF_A_MODEL.matcher(name(entry)).matches())) {
                return List.of();
            }
            return all.stream()
                    .filter(entry -> NUMBER.matcher(name(entry)).matches() && hasFiles(entry))
                    .map(entry -> new VersionFolder(entry, name(entry)))
                    .sorted(Comparator.comparingInt(VersionFolder::order).reversed())
                    .toList();
        } catch (IOException e) {
            // Whoever reads the folder says what is wrong with it.
            return List.of();
        }
    }

    private int order() {
        return Integer.parseInt(number);
    }

    private static boolean hasFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private static String name(Path entry) {
        return String.valueOf(entry.getFileName());
    }
}
