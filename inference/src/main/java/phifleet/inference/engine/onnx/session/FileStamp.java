package phifleet.inference.engine.onnx.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import phifleet.inference.model.ModelException;

/**
 * A file as it was at some moment, so that what is opened later is what was opened then.
 *
 * @param bytes its length; −1 where it cannot be read
 */
record FileStamp(Path file, long bytes, FileTime changed) {
    private static final FileTime NEVER = FileTime.fromMillis(0);

    static FileStamp of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(file, attributes.size(), attributes.lastModifiedTime());
        } catch (IOException e) {
            // Whoever opens it says so better.
            return new FileStamp(file, -1, NEVER);
        }
    }

    /** @throws ModelException if the file is another now */
    void require() throws ModelException {
        if (!equals(of(file))) {
            throw new ModelException(file + " has changed since it was opened first");
        }
    }
}
