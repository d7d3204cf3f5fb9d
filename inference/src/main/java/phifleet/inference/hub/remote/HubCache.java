package phifleet.inference.hub.remote;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The cache of the Hub's own tools, in their layout: {@code models--OWNER--NAME/blobs/SUM} has the bytes,
 * {@code snapshots/COMMIT/PATH} links there, {@code refs/REVISION} has the commit of a branch, and
 * {@code .no_exist/COMMIT/PATH} is an empty file for each that a commit is known not to have.
 */
final class HubCache {
    private final Path root;

    HubCache(Path root) {
        this.root = root.toAbsolutePath();
    }

    Path root() {
        return root;
    }

    Path blob(HubName name, HubFile file) {
        return repository(name).resolve("blobs").resolve(file.sum());
    }

    /** Where a file is written until it is whole. */
    Path incomplete(HubName name, HubFile file) {
        return repository(name).resolve("blobs").resolve(file.sum() + ".incomplete");
    }

    /** What a process holds while it writes a blob. */
    Path lock(HubName name, HubFile file) {
        return root.resolve(".locks").resolve(name.folder()).resolve(file.sum() + ".lock");
    }

    Path snapshot(HubName name, String commit) {
        return repository(name).resolve("snapshots").resolve(commit);
    }

    /** Whether a blob is here, of the right length: its sum was looked at when it came. */
    boolean has(HubName name, HubFile file) {
        try {
            Path blob = blob(name, file);
            return Files.isRegularFile(blob) && Files.size(blob) == file.size();
        } catch (IOException e) {
            return false;
        }
    }

    /** The commit that a revision was when it was last asked for. */
    Optional<String> commit(HubName name) throws IOException {
        if (name.isCommit()) {
            return Optional.of(name.revision());
        }
        Path ref = ref(name);
        return Files.isRegularFile(ref)
                ? Optional.of(Files.readString(ref).strip()).filter(commit -> commit.matches("[0-9a-f]{40}"))
                : Optional.empty();
    }

    boolean isKnownAbsent(HubName name, String commit, String path) {
        return Files.exists(absent(name, commit).resolve(path));
    }

    void rememberAbsent(HubName name, String commit, String path) throws IOException {
        Path mark = absent(name, commit).resolve(path);
        Files.createDirectories(mark.resolveSibling(""));
        if (!Files.exists(mark)) {
            Files.write(mark, new byte[0]);
        }
    }

    /** Shows a blob under its name; where links cannot be made, a copy of it. */
    void link(HubName name, String commit, HubFile file) throws IOException {
        Path pointer = snapshot(name, commit).resolve(file.path());
        Path blob = blob(name, file);
        Path folder = pointer.resolveSibling("");
        Files.createDirectories(folder);
        if (Files.exists(pointer)) {
            return;
        }
        if (Files.exists(pointer, LinkOption.NOFOLLOW_LINKS)) {
            // It leads to a blob that somebody deleted.
            Files.delete(pointer);
        }
        try {
            Files.createSymbolicLink(pointer, folder.relativize(blob));
        } catch (FileAlreadyExistsException e) {
            // Another process made it.
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(blob, pointer);
        }
    }

    /** Says which commit a branch or tag is; the last thing that is written, so that whoever reads it finds the rest. */
    void setCommit(HubName name, String commit) throws IOException {
        if (name.isCommit()) {
            return;
        }
        Path ref = ref(name);
        Files.createDirectories(ref.resolveSibling(""));
        Path work = Files.createTempFile(ref.resolveSibling(""), "writing", "");
        Files.writeString(work, commit);
        Files.move(work, ref, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path repository(HubName name) {
        return root.resolve(name.folder());
    }

    private Path ref(HubName name) {
        return repository(name).resolve("refs").resolve(name.revision());
    }

    private Path absent(HubName name, String commit) {
        return repository(name).resolve(".no_exist").resolve(commit);
    }
}
