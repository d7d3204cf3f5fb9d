package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.equations.budget.Budget;
import phifleet.equations.grammar.EquationParser;
import phifleet.equations.grammar.Format;
import phifleet.equations.grammar.ParseOptions;

/** Every stage, the reader included, stops soon after the deadline: told by how often it looks at a clock of the test's own. */
class DeadlineTest {
    private static final int TIMEOUT_MS = 100;
    /** How often stages may look at the clock after the deadline: each catches its own end, and some begin anew. */
    private static final int LOOKS_AFTER = 40;

    static Stream<String> hostile() {
        return Stream.of(
                "x".repeat(3_999),
                "abcdefghij".repeat(399) + " = 1",
                "sin".repeat(1_300) + "x",
                "d".repeat(3_999),
                "5 " + "m".repeat(3_990),
                "5 m + ".repeat(650) + "1 m = 2 km",
                "x^2+".repeat(990) + "1=0",
                "(x+1)".repeat(790) + "=0",
                "1,".repeat(1_999) + "1",
                "a=".repeat(1_999) + "a",
                "sin(x)*".repeat(570) + "1=cos(x)",
                "A∪".repeat(1_900) + "A=A",
                "{1,2}∪".repeat(600) + "{1}={2}",
                "A ⊗ ".repeat(900) + "A = B",
                "rank(A)+".repeat(450) + "1=n",
                "E[E[X|Y]]+".repeat(350) + "1=2",
                "1 + x + … + x^n + ".repeat(200) + "1 = 2",
                "\\mathcal{L}\\{t\\}+".repeat(190) + "1 = s",
                "\\int δ(x)+".repeat(300) + "1");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void validate_clockPastTheDeadline_isLookedAtFewTimesMore(String equation) {
        AtomicLong now = new AtomicLong();
        AtomicLong after = new AtomicLong();
        Validator validator = new Validator(() -> {
            // Each look costs 5 ms of this clock: so the deadline comes after some twenty of them, wherever that is.
            long time = now.addAndGet(5_000_000);
            after.addAndGet(time > TIMEOUT_MS * 1_000_000L ? 1 : 0);
            return time;
        });
        validator.validate(new ValidationRequest(equation, Mode.AUTO, Format.AUTO, Map.of(), List.of(), 1, TIMEOUT_MS));
        assertThat(after.get()).isLessThanOrEqualTo(LOOKS_AFTER);
    }

    static Stream<String> hostileTexts() {
        return HostileTexts.all().values().stream();
    }

    /** {@link HostileTexts} times the same, by the thread's own time. */
    @ParameterizedTest
    @MethodSource("hostileTexts")
    void validate_textThatGivesMuchToDo_isLookedAtFewTimesMore(String equation) {
        validate_clockPastTheDeadline_isLookedAtFewTimesMore(equation);
    }

    /** What contains itself is bounded in depth, whatever sign it begins with. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "√", "∂", "∇", "-", "(", "{", "|", "\\sqrt{", "\\hat ", "f(", "2^", "E[X|", "A∪(", "A⊗(", "d", "Δ", "x="
            })
    void validate_signThousandsOfTimes_isAnswered(String sign) {
        String text = sign.repeat(EquationParser.MAX_LENGTH / sign.length());
        for (String equation : List.of(text, text.substring(0, text.length() - 2) + "=1", text.substring(1) + "x")) {
            assertThat(Validator.standard().validate(ValidationRequest.of(equation)))
                    .isNotNull();
        }
    }

    @Test
    void validate_deadlineWhileReading_isUndetermined() {
        AtomicLong now = new AtomicLong();
        Validator validator = new Validator(() -> now.addAndGet(60_000_000));
        ValidationOutcome outcome = validator.validate(new ValidationRequest(
                "x+".repeat(1_900) + "x", Mode.AUTO, Format.AUTO, Map.of(), List.of(), 1, TIMEOUT_MS));
        assertThat(outcome).isInstanceOfSatisfying(ValidationOutcome.Judged.class, judged -> {
            assertThat(judged.report().verdict()).isEqualTo(Verdict.UNDETERMINED);
            assertThat(judged.report().evidence())
                    .extracting(ValidationReport.Evidence::kind)
                    .contains("budget");
        });
    }

    @Test
    void parse_twiceTheLetters_costsAboutTwiceTheSteps() {
        long half = steps("x".repeat(1_000));
        long whole = steps("x".repeat(2_000));
        assertThat(whole).isLessThan(3 * half);
    }

    /** The smallest budget that reads the text, by bisection. */
    private static long steps(String text) {
        long low = 0;
        long high = 10_000_000;
        while (low + 1_024 < high) {
            long middle = (low + high) / 2;
            if (reads(text, middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private static boolean reads(String text, long steps) {
        try {
            EquationParser.parse(text, ParseOptions.of(unit -> false), Budget.ofSteps(steps));
            return true;
        } catch (Budget.Spent spent) {
            return false;
        }
    }
}
