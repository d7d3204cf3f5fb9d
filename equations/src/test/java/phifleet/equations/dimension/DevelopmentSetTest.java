package phifleet.equations.dimension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Statement;
import phifleet.equations.budget.Budget;
import phifleet.equations.grammar.EquationParser;
import phifleet.equations.grammar.Format;
import phifleet.equations.grammar.ParseOptions;
import phifleet.equations.grammar.ParseResult;
import phifleet.equations.units.Dimension;
import phifleet.equations.units.UnitReading;
import phifleet.equations.units.Units;

/** The rates that the checker must reach on the development laws and their mutants; they print with the test. */
class DevelopmentSetTest {
    private static final String OPEN = "any_dimension";
    private static final Pattern CODE = Pattern.compile("\"id\": \"([^\"]+)\".*?\"code\": \"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern SYMBOL = Pattern.compile(
            "\"((?:[^\"\\\\]|\\\\.)+)\": \\{\"latex\": \"(?:[^\"\\\\]|\\\\.)*\", \"dim\": \\{([^}]*)\\}");
    private static final Pattern POWER = Pattern.compile("\"([a-z_]+)\": \"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("@\\d+@|[A-Za-z_][A-Za-z0-9_']*|\\d+\\.?\\d*|[^\\s]");

    private record Law(String code, Map<String, Map<String, String>> symbols) {}

    private record Counts(int right, int all) {
        Counts plus(boolean good) {
            return new Counts(right + (good ? 1 : 0), all + 1);
        }

        double rate() {
            return right / (double) all;
        }
    }

    private static Optional<Path> data() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null) {
            Path found = at.resolve("shared/data/equations");
            if (Files.isDirectory(found)) {
                return Optional.of(found);
            }
            at = at.getParent();
        }
        return Optional.empty();
    }

    private static Map<String, Law> laws(Path data) throws IOException {
        Map<String, Law> laws = new LinkedHashMap<>();
        for (String line : Files.readAllLines(data.resolve("laws-dev.jsonl"))) {
            Matcher code = CODE.matcher(line);
            if (code.find()) {
                Map<String, Map<String, String>> symbols = new LinkedHashMap<>();
                Matcher symbol = SYMBOL.matcher(line.substring(line.indexOf("\"symbols\"") + 11));
                while (symbol.find()) {
                    Map<String, String> powers = new HashMap<>();
                    Matcher power = POWER.matcher(symbol.group(2));
                    while (power.find()) {
                        powers.put(power.group(1), power.group(2));
                    }
                    symbols.put(symbol.group(1), powers);
                }
                laws.put(code.group(1), new Law(code.group(2), symbols));
            }
        }
        return laws;
    }

    private static Optional<Statement> parse(String text, Set<String> names) {
        ParseOptions options = new ParseOptions(
                Format.ASCII,
                names,
                unit -> Units.standard().read(unit) instanceof UnitReading.Read,
                ParseOptions.Units.MARKED);
        return EquationParser.parse(text, options) instanceof ParseResult.Parsed parsed
                ? Optional.of(parsed.statement())
                : Optional.empty();
    }

    private static Declarations declarations(Law law) {
        Map<Expr, Dimension> given = new HashMap<>();
        Set<Expr> open = new HashSet<>();
        law.symbols().forEach((name, powers) -> {
            if (parse(name, law.symbols().keySet()).orElse(null) instanceof Statement.Bare(Expr key)) {
                if (powers.containsKey(OPEN)) {
                    open.add(key);
                } else {
                    given.put(key, Dimension.ofExponents(powers));
                }
            }
        });
        return Declarations.of(given, open);
    }

    /** The law's own names for the mutants' s0_, s1_, …: both spell the same equation, token by token. */
    private static Optional<Map<String, String>> names(Law law, String mutant) {
        List<String> symbols = new ArrayList<>(law.symbols().keySet());
        symbols.sort((a, b) -> b.length() - a.length());
        String code = law.code();
        for (int i = 0; i < symbols.size(); i++) {
            String word = Pattern.quote(symbols.get(i));
            code = code.replaceAll("(?<![A-Za-z0-9_'])" + word + "(?![A-Za-z0-9_'(\\[])", "@" + i + "@");
        }
        List<String> mine = tokens(code);
        List<String> its = tokens(mutant);
        Map<String, String> names = new HashMap<>();
        for (int i = 0; mine.size() == its.size() && i < mine.size(); i++) {
            String token = mine.get(i);
            if (its.get(i).matches("s\\d+_")) {
                boolean known = token.startsWith("@");
                names.put(
                        its.get(i),
                        known ? symbols.get(Integer.parseInt(token.substring(1, token.length() - 1))) : token);
            }
        }
        return mine.size() == its.size() ? Optional.of(names) : Optional.empty();
    }

    private static List<String> tokens(String text) {
        return TOKEN.matcher(text.replace("**", "^"))
                .results()
                .map(r -> r.group())
                .toList();
    }

    private static DimensionOutcome check(Statement statement, Declarations declarations) {
        return new DimensionChecker().check(statement, declarations, Budget.ofSteps(1_000_000));
    }

    @Test
    void rates_onDevelopmentLaws_reachTheirTargets() throws IOException {
        Optional<Path> data = data();
        assumeTrue(data.isPresent(), "the shared development laws are not beside this checkout");
        Counts withUnits = new Counts(0, 0);
        Counts without = new Counts(0, 0);
        Map<String, Law> laws = laws(data.get());
        for (Law law : laws.values()) {
            Optional<Statement> statement = parse(law.code(), law.symbols().keySet());
            if (statement.isPresent()) {
                DimensionOutcome known = check(statement.get(), declarations(law));
                withUnits = withUnits.plus(known instanceof DimensionOutcome.Consistent);
                DimensionOutcome guessed = check(statement.get(), Declarations.NONE);
                without = without.plus(guessed instanceof DimensionOutcome.Consistent);
                if (!(known instanceof DimensionOutcome.Consistent)) {
                    System.out.println("rejected with units: " + law.code() + " " + known);
                }
            }
        }
        System.out.printf(
                "true laws accepted: with units %d of %d, by convention %d of %d%n",
                withUnits.right(), withUnits.all(), without.right(), without.all());
        assertThat(withUnits.rate()).isGreaterThanOrEqualTo(0.995);
        assertThat(without.rate()).isGreaterThanOrEqualTo(0.95);
        mutants(data.get(), laws);
    }

    private static void mutants(Path data, Map<String, Law> laws) throws IOException {
        Counts withUnits = new Counts(0, 0);
        Counts without = new Counts(0, 0);
        Counts sound = new Counts(0, 0);
        for (String line : Files.readAllLines(data.resolve("mutants-dev.csv"))) {
            List<String> cells = cells(line);
            Law law = laws.get(cells.getFirst());
            if (law == null || !(cells.get(5).equals("True") || cells.get(5).equals("False"))) {
                continue;
            }
            Optional<Map<String, String>> names = names(law, cells.get(1) + " = " + cells.get(2));
            String mutant = (cells.get(1) + " = " + cells.get(3)).replace("**", "^");
            for (Map.Entry<String, String> name : names.orElse(Map.of()).entrySet()) {
                String own = name.getValue();
                mutant = mutant.replaceAll(
                        "\\b" + name.getKey(), Matcher.quoteReplacement(own.matches("\\w+") ? own : "(" + own + ")"));
            }
            Optional<Statement> statement = parse(mutant, law.symbols().keySet());
            if (names.isEmpty() || statement.isEmpty()) {
                continue;
            }
            boolean rejected = check(statement.get(), declarations(law)) instanceof DimensionOutcome.Mismatch;
            if (cells.get(5).equals("True")) {
                sound = sound.plus(!rejected);
            } else {
                withUnits = withUnits.plus(rejected);
                without = without.plus(check(statement.get(), Declarations.NONE) instanceof DimensionOutcome.Mismatch);
                if (!rejected) {
                    System.out.println("accepted with units: " + mutant);
                }
            }
        }
        System.out.printf(
                "broken mutants rejected: with units %d of %d, by convention %d of %d; sound mutants accepted %d of %d%n",
                withUnits.right(), withUnits.all(), without.right(), without.all(), sound.right(), sound.all());
        assertThat(withUnits.rate()).isGreaterThanOrEqualTo(0.995);
        assertThat(without.rate()).isGreaterThanOrEqualTo(0.80);
        assertThat(sound.rate()).isGreaterThanOrEqualTo(0.99);
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        Matcher cell = Pattern.compile("\"([^\"]*)\",?|([^,]*),?").matcher(line);
        while (cell.find() && cells.size() < 8) {
            cells.add(cell.group(1) != null ? cell.group(1) : cell.group(2));
        }
        return cells;
    }
}
