package phifleet.worker.fuzz;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import phifleet.equations.FuzzRun;

/** The validator of equations. */
record EquationTarget() implements Target {
    private static final int WARM_UP_TEXTS = 300;

    /** Time is measured, so the code must have run before. */
    EquationTarget {
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < WARM_UP_TEXTS; i++) {
            FuzzRun.complaint(random);
        }
    }

    @Override
    public String name() {
        return "equations";
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public @Nullable String attack(SplittableRandom random) {
        return FuzzRun.complaint(random);
    }
}
