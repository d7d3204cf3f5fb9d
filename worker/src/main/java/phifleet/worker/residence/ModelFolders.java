package phifleet.worker.residence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder whose sub-folders are models, each named as its folder. Those whose names begin with a dot are passed over, so that a
 * model can be copied under such a name and then be renamed.
 */
public record ModelFolders(Path folder) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    /** Deep enough for {@code model/version/onnx/model.onnx}. */
    private static final int MOST_DEPTH = 5;

    /** The sub-folder of a model; empty where there is none of the name. */
    public Optional<Path> of(String name) {
        Path found = folder.resolve(name);
        return NAME.matcher(name).matches() && Files.isDirectory(found) ? Optional.of(found) : Optional.empty();
    }

    /**
     * A mark for each model, which is another as soon as one of its files is. A folder without files has none.
     *
     * @throws IOException if the folder itself cannot be read
     */
    public Map<String, String> marks() throws IOException {
        Map<String, String> marks = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                String name = String.valueOf(entry.getFileName());
                if (of(name).isPresent()) {
                    mark(entry).ifPresent(mark -> marks.put(name, mark));
                }
            }
        }
        return marks;
    }

    /** Of each file its name, length and time of change; empty where there is none, or files go while they are looked at. */
    public static Optional<String> mark(Path folder) {
        try (Stream<Path> files = Files.walk(folder, MOST_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            List<String> lines = files.filter(Files::isRegularFile)
                    .map(ModelFolders::line)
                    .sorted()
                    .toList();
            return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines));
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static String line(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return file + " " + attributes.size() + " " + attributes.lastModifiedTime() + " " + attributes.fileKey();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
