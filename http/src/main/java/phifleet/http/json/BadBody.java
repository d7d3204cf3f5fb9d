package phifleet.http.json;

import java.io.Serial;
import phifleet.common.Problem;

/** Ends the parsing of a body at its first mistake. Without a stack: it is caught where the parser was called. */
public final class BadBody extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final boolean readable;

    private BadBody(Problem problem, boolean readable) {
        super(problem.message(), null, false, false);
        this.problem = problem;
        this.readable = readable;
    }

    /** One value is wrong; the JSON after it can still be read. */
    public static BadBody value(Problem problem) {
        return new BadBody(problem, true);
    }

    /** Nothing after it can be read. */
    public static BadBody syntax(Problem problem) {
        return new BadBody(problem, false);
    }

    public Problem problem() {
        return problem;
    }

    public boolean readable() {
        return readable;
    }
}
