package phifleet.worker.fuzz;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Something that must bear any input. For many threads. */
interface Target {
    String name();

    /** How many inputs may be tried at once. */
    int threads();

    /**
     * Tries one input, which the random numbers decide alone.
     *
     * @return what was wrong, with the input; null where all was well
     */
    @Nullable
    String attack(SplittableRandom random) throws Exception;
}
