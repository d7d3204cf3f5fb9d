package phifleet.equations;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import phifleet.equations.grammar.Format;

/**
 * Asks about many random texts in a JVM of its own, whose flags bound heap and stack. Arguments: how many, and the seed.
 * Ends with 1 and names the text where one throws or takes longer than its timeout.
 */
public final class FuzzRun {
    private static final int TIMEOUT_MS = 40;
    /** CPU time past the timeout that is still fine: one step with many digits, and collecting garbage. */
    private static final int SLACK_MS = 400;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Validator VALIDATOR = Validator.standard();
    private static final List<Mode> MODES = List.of(Mode.values());

    private FuzzRun() {}

    public static void main(String[] arguments) {
        int cases = Integer.parseInt(arguments[0]);
        SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[1]));
        VALIDATOR.validate(ValidationRequest.of("E = mc^2"));
        for (int i = 0; i < cases; i++) {
            String complaint = complaint(random);
            if (complaint != null) {
                System.out.println("case " + i + ": " + complaint);
                System.exit(1);
            }
        }
        System.out.println(cases + " texts");
    }

    /** Asks about the next text; what was wrong with the answer, or null. */
    public static @Nullable String complaint(RandomGenerator random) {
        String text = new FuzzInput(random).next();
        Mode mode = random.nextInt(3) == 0 ? MODES.get(random.nextInt(MODES.size())) : Mode.AUTO;
        ValidationRequest plain = ValidationRequest.of(text);
        ValidationRequest request = new ValidationRequest(
                text, mode, Format.AUTO, plain.variables(), plain.assumptions(), random.nextInt(), TIMEOUT_MS);
        long start = THREADS.getCurrentThreadCpuTime();
        String wrong = wrong(request);
        long millis = (THREADS.getCurrentThreadCpuTime() - start) / 1_000_000;
        if (wrong == null && millis > TIMEOUT_MS + SLACK_MS) {
            wrong = "took " + millis + " ms";
        }
        return wrong == null ? null : wrong + "\n" + text.replace("\n", "\\n");
    }

    private static @Nullable String wrong(ValidationRequest request) {
        try {
            return switch (VALIDATOR.validate(request)) {
                case ValidationOutcome.Judged judged -> null;
                case ValidationOutcome.Malformed malformed ->
                    malformed.problem().position() + malformed.problem().length()
                                    > request.equation().length()
                            ? "the error's place is outside the text"
                            : null;
                case ValidationOutcome.Invalid invalid -> invalid.toString();
            };
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            e.printStackTrace();
            return e.toString();
        }
    }
}
