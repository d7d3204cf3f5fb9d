package phifleet.equations.units;

/** What came of reading a unit. */
public sealed interface UnitReading {
    /** The text is a unit. */
    record Read(Unit unit) implements UnitReading {}

    /**
     * The text is no unit.
     *
     * @param position of the first character that is wrong, from 0
     * @param length of what is wrong, in characters
     * @param message says what is wrong and, where it is known, what was meant
     */
    record Unreadable(int position, int length, String message) implements UnitReading {}
}
