package phifleet.inference.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real models and data that lie beside a checkout, in a folder named shared. */
public final class SharedFiles {
    private SharedFiles() {}

    /** A file there; the calling test is skipped where it is absent. */
    public static Path file(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            Path file = folder.resolve("shared").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
            folder = folder.getParent();
        }
        Assumptions.abort("needs ../shared/" + name + ", which is not beside this checkout");
        throw new AssertionError("abort always throws");
    }
}
