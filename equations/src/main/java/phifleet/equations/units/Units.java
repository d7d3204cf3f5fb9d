package phifleet.equations.units;

import java.util.Optional;

/**
 * Reads units. Thread-safe; one instance serves a whole process.
 *
 * <pre>{@code Units.standard().read("J/kg/K")   // J·kg⁻¹·K⁻¹ }</pre>
 *
 * Known are the units of {@code units.txt} (a new unit is one row there) with their prefixes, as symbols, names, and in
 * LaTeX. Upper and lower case matter.
 */
public final class Units {
    /** Loaded with the class: the tables are part of the program, so a mistake in them must stop it at once. */
    private static final Units STANDARD = new Units(UnitTable.load());

    private final UnitTable table;

    private Units(UnitTable table) {
        this.table = table;
    }

    /** The units of the tables in the class path. */
    public static Units standard() {
        return STANDARD;
    }

    /** Reads a unit expression of at most 200 characters, such as {@code kg·m²/s²}, {@code km} or {@code V/Hz^(1/2)}. */
    public UnitReading read(String text) {
        return new UnitParser(table, text).parse();
    }

    /** The unit that one symbol or name stands for, with or without a prefix. */
    public Optional<Unit> find(String symbol) {
        return table.find(symbol);
    }
}
