package phifleet.inference.engine.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.model.ModelException;

/**
 * A folder in the cache that is made once and believed only after a look: its {@link Manifest} must fit its files, each time it
 * is used. Where it does not, a disk that failed or a copy that broke off, the folder is made again, and the log says so in
 * one line.
 *
 * <p>Files are never written in place: a folder is made under another name and moved as a whole, so that a process which has
 * the old files mapped keeps them. Processes that start at once on an empty cache take turns by a lock on a file beside the
 * folder; the first one makes it and the others find it. Where a file system has no locks each makes its own and the first
 * to be done stays.
 */
public final class CachedFolder {
    private static final Logger LOG = LoggerFactory.getLogger(CachedFolder.class);

    /** A lock of a file is the process's; within it threads take turns here. */
    private static final Object TURN = new Object();

    private CachedFolder() {}

    /** Fills an empty folder. */
    @FunctionalInterface
    public interface Maker {
        void make(Path folder) throws IOException, ModelException;
    }

    /**
     * Finds the folder whole, or makes it.
     *
     * @return the folder
     */
    public static Path of(Path folder, Maker maker) throws IOException, ModelException {
        Optional<String> found = Manifest.mistake(folder);
        if (found.isEmpty()) {
            return folder;
        }
        try {
            repair(folder, maker);
        } catch (FileSystemException e) {
            throw new IOException(folder + " cannot be made, although " + found.get() + ": " + e, e);
        }
        return folder;
    }

    /** What is wrong with a folder that somebody else has made; nothing where it has no manifest. */
    public static Optional<String> mistake(Path folder) {
        return Files.exists(folder.resolve(Manifest.NAME)) ? Manifest.mistake(folder) : Optional.empty();
    }

    private static void repair(Path folder, Maker maker) throws IOException, ModelException {
        Path parent = folder.toAbsolutePath().resolveSibling("");
        Files.createDirectories(parent);
        synchronized (TURN) {
            Path lockFile = parent.resolve(folder.getFileName() + ".lock");
            try (FileChannel channel =
                            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    Turn turn = Turn.on(channel)) {
                LOG.debug("{}: {}", folder, turn);
                // Another process may have made it, while this one waited.
                Optional<String> mistake = Manifest.mistake(folder);
                if (mistake.isPresent()) {
                    if (Files.exists(folder)) {
                        LOG.warn("{} is made again: {}", folder, mistake.get());
                    }
                    make(folder, parent, maker);
                }
            }
        }
    }

    /** What a process holds while it makes a folder; nothing where the file system knows no locks. */
    private record Turn(Optional<FileLock> lock) implements AutoCloseable {
        static Turn on(FileChannel channel) {
            try {
                return new Turn(Optional.of(channel.lock()));
            } catch (IOException e) {
                return new Turn(Optional.empty());
            }
        }

        @Override
        public void close() throws IOException {
            if (lock.isPresent()) {
                lock.get().release();
            }
        }
    }

    private static void make(Path folder, Path parent, Maker maker) throws IOException, ModelException {
        Path work = Files.createTempDirectory(parent, "making");
        try {
            Path made = Files.createDirectory(work.resolve("made"));
            maker.make(made);
            Manifest.write(made);
            if (Files.exists(folder)) {
                Files.move(folder, work.resolve("old"));
            }
            try {
                Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(made, folder);
            } catch (IOException e) {
                // Without a lock another process may have been faster; both made the same.
                if (Manifest.mistake(folder).isPresent()) {
                    throw e;
                }
            }
        } finally {
            deleteAll(work);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
