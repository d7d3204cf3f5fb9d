package phifleet.equations;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import phifleet.equations.table.ResourceRows;

/**
 * How often each kind of verdict is right. The table {@code calibration.txt} is made from data by
 * {@code scripts/validate-bench --calibrate}; where it has no row for a verdict and its basis, that of the verdict alone
 * holds, and else the prior.
 */
final class Calibration {
    private static final Calibration STANDARD = new Calibration(load());

    private final Map<String, Double> table;

    private Calibration(Map<String, Double> table) {
        this.table = table;
    }

    static Calibration standard() {
        return STANDARD;
    }

    /** The probability, 0 to 1, that such a verdict is right. */
    double confidence(Verdict verdict, String basis) {
        Double measured = table.get(key(verdict, basis));
        return measured != null ? measured : prior(verdict, basis);
    }

    /**
     * How likely the reading that was taken is the one that is meant where another is near and the two differ in whether it holds: what
     * people write holds more often than not. Priors, where the table has no {@code reading/holds} and {@code reading/fails}.
     */
    double choice(boolean holds) {
        return holds ? table.getOrDefault("reading/holds", 0.97) : table.getOrDefault("reading/fails", 0.5);
    }

    static String key(Verdict verdict, String basis) {
        return basis.isEmpty() ? verdict.text() : verdict.text() + "/" + basis;
    }

    private static double prior(Verdict verdict, String basis) {
        boolean units = basis.startsWith("units");
        return switch (verdict) {
            case IDENTITY_PROVED, WELL_FORMED -> 1.0;
            case IDENTITY_NUMERIC -> 0.995;
            case KNOWN_LAW -> 0.99;
            // Rounded to a few digits: false as it stands, and perhaps not meant exactly.
            case NOT_IDENTITY ->
                switch (basis) {
                    case QuantityStage.ROUNDED -> 0.7;
                    case Unknowns.SLIP -> 0.97;
                    case Unknowns.UNSOLVED -> 0.85;
                    default -> 0.99;
                };
            case DIMENSIONALLY_CONSISTENT -> units ? 0.77 : basis.equals(PhysicsStage.UNKNOWN_NAME) ? 0.55 : 0.69;
            case DIMENSION_MISMATCH -> units ? 0.99 : basis.equals(PhysicsStage.MEASURED_NUMBER) ? 0.6 : 0.77;
            case CONDITIONAL ->
                switch (basis) {
                    case "solved/exact" -> 0.99;
                    case "solved/complex" -> 0.75;
                    case Unknowns.PERHAPS -> 0.9;
                    case QuantityStage.ROUGHLY -> 0.8;
                    case "solved/numeric", "domain" -> 0.97;
                    default -> 0.9;
                };
            case DIFFERS_FROM_KNOWN_LAW -> 0.9;
            case UNDETERMINED -> 0.5;
        };
    }

    private static Map<String, Double> load() {
        Map<String, Double> table = new HashMap<>();
        for (List<String> row : ResourceRows.of(Calibration.class, "calibration.txt", 3)) {
            table.put(row.get(0), Double.valueOf(row.get(1)));
        }
        return Map.copyOf(table);
    }
}
