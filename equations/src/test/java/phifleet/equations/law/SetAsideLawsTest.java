package phifleet.equations.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import phifleet.equations.ValidationOutcome;
import phifleet.equations.ValidationReport;
import phifleet.equations.ValidationRequest;
import phifleet.equations.Validator;
import phifleet.equations.Variable;

/** Laws that the tables were not made from, and mutants of laws that they were; what was reached prints with the test. */
class SetAsideLawsTest {
    private static final long SEED = 7;

    private record Row(String id, String equation, Map<String, Variable> units) {}

    private static List<Row> rows(String resource) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SetAsideLawsTest.class.getResourceAsStream(resource)),
                StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] cells = line.split("\\|", -1);
                    Map<String, Variable> units = new LinkedHashMap<>();
                    for (String cell : cells[4].strip().split(" +", -1)) {
                        int colon = cell.indexOf(':');
                        units.put(cell.substring(0, colon), Variable.ofUnit(cell.substring(colon + 1)));
                    }
                    rows.add(new Row(cells[0].strip(), cells[3].strip(), units));
                }
            }
        }
        return rows;
    }

    private static ValidationReport judged(ValidationRequest request) {
        return switch (Validator.standard().validate(request)) {
            case ValidationOutcome.Judged(ValidationReport report) -> report;
            case ValidationOutcome other -> throw new AssertionError(request.equation() + ": " + other);
        };
    }

    @Test
    void validate_lawsSetAside_areAcceptedWithUnitsAndMostlyWithout() throws IOException {
        List<Row> rows = rows("laws-set-aside.txt");
        List<String> refused = new ArrayList<>();
        List<String> byLetters = new ArrayList<>();
        for (Row row : rows) {
            if (!judged(ValidationRequest.of(row.equation()).withVariables(row.units()))
                    .valid()) {
                refused.add(row.id());
            }
            if (!judged(ValidationRequest.of(row.equation())).valid()) {
                byLetters.add(row.id());
            }
        }
        System.out.printf(
                "laws set aside: %d; refused with units %s, without %d: %s%n",
                rows.size(), refused, byLetters.size(), byLetters);
        assertThat(rows.size()).isGreaterThan(15);
        // A law beside one of the table that differs from it by a number alone, in the same letters, is taken for that
        // one.
        assertThat(refused.size()).isLessThanOrEqualTo(rows.size() / 8);
        assertThat(byLetters.size()).isLessThanOrEqualTo(rows.size() / 4);
    }

    /** A number, a sign or an exponent of a law of the table made wrong; dimensions cannot show the first two. */
    @Test
    void validate_mutantsOfTheTablesLaws_areMostlyCaught() throws IOException {
        System.out.println("mutants, seed " + SEED);
        Random random = new Random(SEED);
        List<Row> rows = rows("laws.txt");
        Map<String, Function<String, String>> mutations = new LinkedHashMap<>();
        mutations.put("number", equation -> equation.replaceFirst("= ?", "= 2*(") + ")");
        mutations.put(
                "sign",
                equation -> equation.contains(" - ")
                        ? equation.replaceFirst(" - ", " + ")
                        : equation.contains(" + ") ? equation.replaceFirst(" \\+ ", " - ") : "");
        mutations.put("exponent", equation -> equation.contains("^2") ? equation.replaceFirst("\\^2", "^3") : "");
        int all = 0;
        int caught = 0;
        for (Map.Entry<String, Function<String, String>> mutation : mutations.entrySet()) {
            int tried = 0;
            int seen = 0;
            for (Row row : rows) {
                String mutant = mutation.getValue().apply(row.equation());
                if (mutant.isEmpty() || mutant.contains("Derivative") || random.nextInt(3) > 0) {
                    continue;
                }
                tried++;
                ValidationRequest request = ValidationRequest.of(mutant).withVariables(row.units());
                seen += judged(request).valid() ? 0 : 1;
            }
            System.out.printf("mutants by %s: %d of %d caught%n", mutation.getKey(), seen, tried);
            all += tried;
            caught += seen;
        }
        assertThat(caught / (double) all).isGreaterThanOrEqualTo(0.6);
    }
}
