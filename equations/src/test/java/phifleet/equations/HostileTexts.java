package phifleet.equations;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import phifleet.equations.grammar.Format;

/** Texts as long as may be that give the judge as much to do as can be, one a kind. */
final class HostileTexts {
    /** As long as may be, and shorter: what is short enough for a stage that gives up on long texts can take longer. */
    private static final List<Integer> LENGTHS = List.of(4_000, 1_200, 400, 90);

    private static final int TIMEOUT_MS = 100;
    /** CPU time past the timeout that is still fine: one step of the calculation, and a clock that is looked at now and then. */
    private static final int SLACK_MS = 50;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int length;

    private HostileTexts(int length) {
        this.length = length;
    }

    /** By kind, in several lengths. */
    static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        for (int length : LENGTHS) {
            new HostileTexts(length).kinds().forEach((kind, text) -> all.put(kind + " in " + length, text));
        }
        return all;
    }

    private Map<String, String> kinds() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("product of symbols", product(length / 5) + " = 1");
        all.put("sum of symbols", "1 = " + numbered(length / 6, "+"));
        all.put("sum of squares", filled("(a_#+b_#)^2", "+") + " = 0");
        all.put("product of sums", filled("(a_#+b_#)", "") + " = 0");
        all.put("power of a sum", "(a+b+c+d+e+f+g+h)^{60} = a^{60}");
        all.put("powers of sums", filled("(x+y+#)^{9}", "*") + " = 1");
        all.put("system", filled("x_#+y_#=#", ";"));
        all.put("linear system", filled("x+#y=z", ";"));
        all.put("system of chained symbols", filledChain());
        all.put("chain of orders", numbered(length / 5, "<"));
        all.put("chain of equals", numbered(length / 5, "="));
        all.put("nested roots", nested("√(1+", ")", 90) + " = x");
        all.put("nested radicals of numbers", nested("√(2+", ")", 90) + " = 2");
        all.put("nested bars", nested("|x-", "|", 90) + " = 1");
        all.put("sum of bars", filled("|x-#|", "+") + " = 1000");
        all.put("tower of powers", "2^".repeat(Math.min(90, length / 3)) + "2 = x");
        all.put("tower of brackets", nested("(x+1/", ")", 90) + " = x");
        all.put("continued fraction", nested("1+1/(x+", ")", 90) + " = x");
        all.put("deep frac", nested("\\frac{1}{1+", "}", 90) + " = x");
        all.put("left right", nested("\\left(x+", "\\right)", 90) + " = x");
        all.put("many matrices", filled("\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}", "") + " = A");
        all.put("matrices of symbols", filled("\\begin{pmatrix}a_#&b\\\\c&d_#\\end{pmatrix}", "+") + " = A");
        all.put("determinants", filled("\\begin{vmatrix}a_#&b\\\\c&d_#\\end{vmatrix}", "") + " = 1");
        all.put("letters of matrices", "det(" + filled("A_#", "") + ") = 1");
        all.put("transposes", filled("(A_#B)^T", "") + " = A");
        all.put("many units", filled("# km", "+") + " = 1 m");
        all.put("units multiplied", filled("# m/s", "*") + " = 1 m");
        all.put("unit of many", "1 " + filled("kg", "·") + " = 1 m");
        all.put("sines", filled("\\sin(#x)", "+") + " = 1");
        all.put("product of sines", filled("\\sin(#x)", "") + " = 1");
        all.put("sines of sums", filled("\\sin(a_#+x)", "+") + " = 1");
        all.put("exponentials", filled("e^{#x}", "+") + " = 1");
        all.put("nested sines", nested("\\sin(", ")", 90).replace("()", "(x)") + " = x");
        all.put("nested logarithms", nested("\\ln(2+", ")", 90) + " = x");
        all.put("roots of primes", filled("√#", "+") + " = 100");
        all.put("product of roots", filled("√(x+#)", "") + " = 1");
        all.put("polynomial of one", filled("#x^{#}", "+") + " = 0");
        all.put("polynomial of high degree", filled("x^{#1}", "-") + " = 7");
        all.put("rational function", filled("\\frac{1}{x-#}", "+") + " = 1");
        all.put("rational functions of many", filled("\\frac{a_#}{x-b_#}", "+") + " = 1");
        all.put("integrals", filled("\\int_0^# x^# dx", "+") + " = 1");
        all.put("nested integrals", "\\int_0^1 ".repeat(length / 70) + "x" + " dx".repeat(length / 70) + " = 1");
        all.put("series", filled("\\sum_{k=1}^{\\infty} 1/k^{#}", "+") + " = 1");
        all.put("long finite sum", "\\sum_{k=1}^{1000000} \\sum_{j=1}^{1000000} 1/(k+j)^2 = 1");
        all.put("limits", filled("\\lim_{x\\to#} \\sin(x)/x", "+") + " = 1");
        all.put("derivatives", filled("\\frac{d}{dx} x^# \\sin x", "+") + " = 0");
        all.put("derivative of a long product", "\\frac{d}{dx}(" + filled("\\sin(#x)", "") + ") = 0");
        all.put("partial derivatives", filled("\\frac{∂^2 u_#}{∂x^2}", "+") + " = 0");
        all.put("factorials", filled("#!", "*") + " = n!");
        all.put("large powers", filled("#^#^#", "+") + " = 1");
        all.put("huge number", "9".repeat(length - 10) + " = x");
        all.put("huge numbers multiplied", ("9".repeat(length / 4) + "*").repeat(2) + "7".repeat(length / 4) + "=1");
        all.put("gamma", filled("gamma(x+#)", "*") + " = 1");
        all.put("binomials", filled("\\binom{n}{#}", "+") + " = 2^n");
        all.put("means", filled("E[X_#]", "+") + " = 1");
        all.put("probabilities", filled("P(A_#|B)", "+") + " = 1");
        all.put("unions", filled("A_#", "∪") + " = A");
        all.put("reaction", filled("# H2O", "+") + " -> H2");
        all.put("inequality", filled("(x-#)", "") + " > 0");
        all.put("inequality of many", filled("x_#^2", "+") + " > 0");
        all.put("conditions", "x = 1" + filled(", x > #", ""));
        all.put("golden", filled("φ^#", "+") + " = 0");
        all.put("unreadable", "((x^".repeat(length / 5));
        return all;
    }

    private String filled(String piece, String between) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; text.length() + piece.length() + 84 < length; i++) {
            text.append(i == 1 ? "" : between).append(piece.replace("#", String.valueOf(i)));
        }
        return text.toString();
    }

    private String filledChain() {
        StringBuilder text = new StringBuilder("x_0=1");
        for (int i = 1; text.length() + 80 < length; i++) {
            text.append(";x_")
                    .append(i)
                    .append("=x_")
                    .append(i - 1)
                    .append("^2+x_")
                    .append(i - 1);
        }
        return text.toString();
    }

    private String product(int count) {
        return IntStream.range(0, count).mapToObj(i -> "x_" + i).collect(Collectors.joining());
    }

    private String numbered(int count, String between) {
        String text = IntStream.range(0, count).mapToObj(i -> "x_" + i).collect(Collectors.joining(between));
        return text.substring(0, Math.min(text.length(), length - 20)) + "7";
    }

    private String nested(String open, String close, int depth) {
        int levels = Math.min(depth, (length - 20) / (open.length() + close.length()));
        String text = open.repeat(levels) + close.repeat(levels);
        return text.replace(open + close, open + "1" + close);
    }

    /** Prints what takes longer than its timeout and a little more, by the thread's own time; with an argument all that holds it. */
    public static void main(String[] arguments) {
        Validator validator = Validator.standard();
        List.of("E = mc^2", "sin^2 x + cos^2 x = 1", "\\int_0^1 x dx = 1/2")
                .forEach(text -> validator.validate(ValidationRequest.of(text)));
        all().forEach((kind, text) -> {
            ValidationRequest request = new ValidationRequest(
                    text, Mode.AUTO, Format.AUTO, Map.of(), List.of(), ValidationRequest.DEFAULT_SEED, TIMEOUT_MS);
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 3; i++) {
                long start = THREADS.getCurrentThreadCpuTime();
                validator.validate(request);
                best = Math.min(best, (THREADS.getCurrentThreadCpuTime() - start) / 1_000_000);
            }
            boolean late = best > TIMEOUT_MS + SLACK_MS;
            if (late || (arguments.length > 0 && kind.contains(arguments[0]))) {
                System.out.println(
                        (late ? "LATE " : "     ") + kind + ": " + best + " ms, " + text.length() + " characters");
            }
        });
        System.out.println(all().size() + " kinds");
    }
}
