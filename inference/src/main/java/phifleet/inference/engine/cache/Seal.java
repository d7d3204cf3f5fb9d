package phifleet.inference.engine.cache;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Seals folders that scripts fill: {@code write FOLDER}, or {@code check FOLDER}, which exits 1 where it does not fit. */
public final class Seal {
    private Seal() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        if (arguments[0].equals("write")) {
            Manifest.write(folder);
            return;
        }
        Optional<String> mistake = Manifest.mistake(folder);
        if (mistake.isPresent()) {
            System.err.println(folder + ": " + mistake.get());
            System.exit(1);
        }
    }
}
