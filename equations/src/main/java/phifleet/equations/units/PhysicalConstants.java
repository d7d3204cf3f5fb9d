package phifleet.equations.units;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phifleet.equations.table.ResourceRows;

/** The constants of {@code constants.txt}, found by symbol. Thread-safe. */
public final class PhysicalConstants {
    /** Loaded with the class: the table is part of the program, so a mistake in it must stop it at once. */
    private static final PhysicalConstants STANDARD = load();

    private final List<PhysicalConstant> all;
    private final Map<String, PhysicalConstant> bySymbol;

    private PhysicalConstants(List<PhysicalConstant> all, Map<String, PhysicalConstant> bySymbol) {
        this.all = List.copyOf(all);
        this.bySymbol = Map.copyOf(bySymbol);
    }

    /** The CODATA 2022 constants of the table in the class path. */
    public static PhysicalConstants standard() {
        return STANDARD;
    }

    /** Every constant once, in the table's order. */
    public List<PhysicalConstant> all() {
        return all;
    }

    /** The constant that a symbol usually stands for; {@code k_B}, {@code kB} and {@code ħ}, {@code hbar} alike. */
    public Optional<PhysicalConstant> find(String symbol) {
        return Optional.ofNullable(bySymbol.get(symbol));
    }

    private static PhysicalConstants load() {
        List<PhysicalConstant> all = new ArrayList<>();
        Map<String, PhysicalConstant> bySymbol = new HashMap<>();
        for (List<String> row : ResourceRows.of(PhysicalConstants.class, "constants.txt", 6)) {
            PhysicalConstant constant = new PhysicalConstant(
                    row.get(0), row.get(5), new BigDecimal(row.get(2)), new BigDecimal(row.get(3)), unit(row));
            all.add(constant);
            for (String symbol : (row.get(0) + " " + row.get(1)).strip().split(" +", -1)) {
                if (bySymbol.put(symbol, constant) != null) {
                    throw new IllegalStateException("constant " + symbol + " stands twice in the table");
                }
            }
        }
        return new PhysicalConstants(all, bySymbol);
    }

    private static Unit unit(List<String> row) {
        return switch (Units.standard().read(row.get(4))) {
            case UnitReading.Read(Unit unit) -> unit;
            case UnitReading.Unreadable wrong ->
                throw new IllegalStateException("constant " + row.get(0) + ": " + wrong.message());
        };
    }
}
