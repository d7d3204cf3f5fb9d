package phifleet.inference.testing;

import java.nio.file.Path;
import phifleet.inference.engine.EngineSettings;
import phifleet.inference.engine.Engines;
import phifleet.inference.model.ModelException;

/** The engines, started once for all tests of this module, with a cache in the build folder. */
public final class Workbench {
    private static final Path CACHE = Path.of("target", "test-cache").toAbsolutePath();

    private Workbench() {}

    private static final class Holder {
        static final Engines ENGINES = start();

        private static Engines start() {
            try {
                return new Engines(EngineSettings.of(CACHE));
            } catch (ModelException e) {
                throw new AssertionError(e);
            }
        }
    }

    public static Path cache() {
        return CACHE;
    }

    public static Engines engines() {
        return Holder.ENGINES;
    }
}
