package phifleet.equations.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phifleet.equations.ast.Expr;
import phifleet.equations.budget.Budget;
import phifleet.equations.sympy.SympyReader;

/** The pairs of expressions that SymPy's test suite holds equal, and the same pairs made false. */
class SympyPairsTest {
    private static final Pattern FIELD = Pattern.compile("\"(lhs|rhs|positive_reals|reals)\": \"([^\"]*)\"");
    private static final Pattern SYMBOL = Pattern.compile("\"([^\"]+)\": \\{([^{}]*)}");
    /** What has no numeric meaning: unknown functions, orders, open integrals. */
    private static final Pattern UNSUPPORTED = Pattern.compile("\\b(f|g|foo|O|Derivative|Integral|Sum)\\(|\\[|nan");

    private record Pair(
            Expr left, Expr right, Map<String, Assumption> assumptions, boolean everywhere, boolean falseSomewhere) {}

    @Test
    void test_pairsOfSympy_recognisesTrueOnesAndRefutesFalseOnes() throws IOException {
        Path file = sharedFile();
        assumeTrue(file != null, "the shared data are not beside this checkout");
        int truePairs = 0;
        int recognised = 0;
        int onDomain = 0;
        int falseIdentities = 0;
        int madeFalse = 0;
        int refuted = 0;
        for (Pair pair : pairs(file)) {
            IdentityOutcome outcome = test(pair, pair.left(), pair.right());
            falseIdentities += pair.falseSomewhere() && isIdentity(outcome) ? 1 : 0;
            if (!pair.everywhere()) {
                continue;
            }
            truePairs++;
            recognised += isIdentity(outcome) ? 1 : 0;
            onDomain += outcome instanceof IdentityOutcome.OnDomain ? 1 : 0;
            for (Expr wrong : madeFalse(pair.right())) {
                IdentityOutcome answer = test(pair, pair.left(), wrong);
                if (isIdentity(answer) && isIdentity(test(pair, pair.right(), wrong))) {
                    // Both sides are 0, or the change changes nothing.
                    continue;
                }
                madeFalse++;
                refuted +=
                        answer instanceof IdentityOutcome.Refuted || answer instanceof IdentityOutcome.OnDomain ? 1 : 0;
                falseIdentities += isIdentity(answer) ? 1 : 0;
            }
        }
        System.out.printf(
                "pairs: %d of %d true ones recognised, %d more on a domain; %d of %d false ones refuted; %d false identities%n",
                recognised, truePairs, onDomain, refuted, madeFalse, falseIdentities);
        assertThat(falseIdentities).isZero();
        assertThat(recognised + onDomain).isGreaterThanOrEqualTo((int) Math.ceil(0.97 * truePairs));
        assertThat(refuted).isGreaterThanOrEqualTo((int) Math.ceil(0.99 * madeFalse));
    }

    private static IdentityOutcome test(Pair pair, Expr left, Expr right) {
        return new IdentityTester(pair.assumptions(), 11).test(left, right, Budget.ofSteps(5_000_000));
    }

    private static boolean isIdentity(IdentityOutcome outcome) {
        return outcome instanceof IdentityOutcome.Proved || outcome instanceof IdentityOutcome.Agreed;
    }

    private static List<Expr> madeFalse(Expr right) {
        return List.of(
                new Expr.Sum(List.of(right, Expr.Num.of(1))),
                new Expr.Negation(right),
                new Expr.Product(List.of(right, Expr.Num.of(2))),
                new Expr.Power(right, Expr.Num.of(2)));
    }

    private static @Nullable Path sharedFile() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("shared/data/equations/identities-dev.jsonl");
            if (Files.exists(file)) {
                return file;
            }
        }
        return null;
    }

    private static List<Pair> pairs(Path file) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(line -> pair(line).ifPresent(pairs::add));
        }
        return pairs;
    }

    private static Optional<Pair> pair(String line) {
        Map<String, String> fields = new TreeMap<>();
        Matcher matcher = FIELD.matcher(line);
        while (matcher.find()) {
            fields.put(matcher.group(1), matcher.group(2));
        }
        String left = fields.getOrDefault("lhs", "");
        String right = fields.getOrDefault("rhs", "");
        if (UNSUPPORTED.matcher(left + " " + right).find()) {
            return Optional.empty();
        }
        boolean positive = "true".equals(fields.get("positive_reals"));
        boolean real = "true".equals(fields.get("reals"));
        boolean wrong = "false".equals(fields.get("positive_reals")) || "false".equals(fields.get("reals"));
        String symbols = line.substring(line.indexOf("\"symbols\""), line.indexOf("\"positive_reals\""));
        return Optional.of(new Pair(
                SympyReader.read(left), SympyReader.read(right), assumptions(symbols), positive && real, wrong));
    }

    private static Map<String, Assumption> assumptions(String symbols) {
        Map<String, Assumption> assumptions = new TreeMap<>();
        Matcher matcher = SYMBOL.matcher(symbols.substring("\"symbols\": {".length()));
        while (matcher.find()) {
            String known = matcher.group(2);
            if (known.contains("integer")) {
                assumptions.put(
                        matcher.group(1),
                        known.contains("\"positive\"") ? Assumption.POSITIVE_INTEGER : Assumption.INTEGER);
            } else if (known.contains("\"positive\"")) {
                assumptions.put(matcher.group(1), Assumption.POSITIVE);
            } else if (known.contains("real")) {
                assumptions.put(
                        matcher.group(1), known.contains("nonnegative") ? Assumption.NONNEGATIVE : Assumption.REAL);
            }
        }
        return assumptions;
    }
}
