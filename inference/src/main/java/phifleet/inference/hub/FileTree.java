package phifleet.inference.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import phifleet.inference.model.ModelException;

/** Which files a model has: in a folder here, or as the Hub lists them. */
sealed interface FileTree {
    boolean has(Path file);

    boolean hasFolder(Path folder);

    /** The files of a folder, in the order of their names. */
    List<Path> list(Path folder) throws ModelException;

    default Optional<Path> first(List<Path> folders, List<String> names) {
        return folders.stream()
                .flatMap(folder -> names.stream().map(folder::resolve))
                .filter(this::has)
                .findFirst();
    }

    /** What is here. */
    record OnDisk() implements FileTree {
        @Override
        public boolean has(Path file) {
            return Files.isRegularFile(file);
        }

        @Override
        public boolean hasFolder(Path folder) {
            return Files.isDirectory(folder);
        }

        @Override
        public List<Path> list(Path folder) throws ModelException {
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(Files::isRegularFile).sorted().toList();
            } catch (IOException e) {
                throw new ModelException(folder + " cannot be read: " + e, e);
            }
        }
    }

    /** What could be got. */
    record Listed(Set<Path> files) implements FileTree {
        public Listed {
            files = Set.copyOf(files);
        }

        @Override
        public boolean has(Path file) {
            return files.contains(file);
        }

        @Override
        public boolean hasFolder(Path folder) {
            return files.stream().anyMatch(file -> file.startsWith(folder) && !file.equals(folder));
        }

        @Override
        public List<Path> list(Path folder) {
            return files.stream()
                    .filter(file -> folder.equals(file.getParent()))
                    .sorted()
                    .toList();
        }
    }
}
