package phifleet.equations;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import phifleet.equations.grammar.Format;

/**
 * Asks about many random texts in a JVM of its own, whose flags bound heap and stack. Arguments: how many, and the seed.
 * Ends with 1 and names the text where one throws or takes longer than its timeout.
 */
public final class FuzzRun {
    private static final int TIMEOUT_MS = 40;
    /** CPU time past the timeout that is still fine: one step with many digits, and collecting garbage. */
    private static final int SLACK_MS = 400;

    private FuzzRun() {}

    public static void main(String[] arguments) {
        int cases = Integer.parseInt(arguments[0]);
        FuzzInput input = new FuzzInput(new SplittableRandom(Long.parseLong(arguments[1])));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Validator validator = Validator.standard();
        validator.validate(ValidationRequest.of("E = mc^2"));
        Mode[] modes = Mode.values();
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        int malformed = 0;
        long longest = 0;
        for (int i = 0; i < cases; i++) {
            String text = input.next();
            ValidationRequest request =
                    ValidationRequest.of(text).with(i % 3 == 0 ? modes[i % modes.length] : Mode.AUTO);
            request = new ValidationRequest(
                    text, request.mode(), Format.AUTO, request.variables(), request.assumptions(), i, TIMEOUT_MS);
            long start = threads.getCurrentThreadCpuTime();
            try {
                switch (validator.validate(request)) {
                    case ValidationOutcome.Judged judged ->
                        verdicts.merge(judged.report().verdict(), 1, Integer::sum);
                    case ValidationOutcome.Malformed wrong -> {
                        int end = wrong.problem().position() + wrong.problem().length();
                        malformed++;
                        if (end > text.length()) {
                            fail(i, text, "the error's place is outside the text");
                        }
                    }
                    case ValidationOutcome.Invalid invalid -> fail(i, text, invalid.toString());
                }
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                e.printStackTrace();
                fail(i, text, e.toString());
            }
            long millis = (threads.getCurrentThreadCpuTime() - start) / 1_000_000;
            longest = Math.max(longest, millis);
            if (millis > TIMEOUT_MS + SLACK_MS) {
                fail(i, text, "took " + millis + " ms");
            }
        }
        System.out.println(cases + " texts, " + malformed + " malformed, longest " + longest + " ms, " + verdicts);
    }

    private static void fail(int i, String text, String why) {
        System.out.println("case " + i + ": " + why + "\n" + text.replace("\n", "\\n"));
        System.exit(1);
    }
}
