package phifleet.equations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phifleet.equations.grammar.Format;

/**
 * One question to the {@link Validator}.
 *
 * @param equation the text, at most 4,000 characters
 * @param variables what is known of symbols, by their names as in the equation
 * @param assumptions such as {@code x > 0}, {@code n integer}, {@code y real}
 * @param seed of the random points at which sides are compared; the same seed gives the same answer
 * @param timeoutMs milliseconds until the answer is {@code undetermined}, {@value #MIN_TIMEOUT_MS} to {@value #MAX_TIMEOUT_MS}
 */
public record ValidationRequest(
        String equation,
        Mode mode,
        Format format,
        Map<String, Variable> variables,
        List<String> assumptions,
        long seed,
        int timeoutMs) {
    public static final int MIN_TIMEOUT_MS = 1;
    public static final int MAX_TIMEOUT_MS = 2_000;
    public static final int DEFAULT_TIMEOUT_MS = 1_000;
    public static final long DEFAULT_SEED = 1_618_033_988;
    /** Variables and assumptions in one request, at most. */
    public static final int MAX_DECLARATIONS = 200;

    public ValidationRequest {
        variables = Map.copyOf(variables);
        assumptions = List.copyOf(assumptions);
    }

    /** Mode AUTO, told by looking, nothing declared. */
    public static ValidationRequest of(String equation) {
        return new ValidationRequest(
                equation, Mode.AUTO, Format.AUTO, Map.of(), List.of(), DEFAULT_SEED, DEFAULT_TIMEOUT_MS);
    }

    public ValidationRequest with(Mode other) {
        return new ValidationRequest(equation, other, format, variables, assumptions, seed, timeoutMs);
    }

    /** The same with a variable declared. */
    public ValidationRequest with(String name, Variable variable) {
        Map<String, Variable> more = new LinkedHashMap<>(variables);
        more.put(name, variable);
        return new ValidationRequest(equation, mode, format, more, assumptions, seed, timeoutMs);
    }

    /** The same with the unit of a variable declared. */
    public ValidationRequest withUnit(String name, String unit) {
        return with(name, Variable.ofUnit(unit));
    }

    /** The same with other declarations. */
    public ValidationRequest withVariables(Map<String, Variable> others) {
        return new ValidationRequest(equation, mode, format, others, assumptions, seed, timeoutMs);
    }
}
