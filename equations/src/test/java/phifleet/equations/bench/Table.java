package phifleet.equations.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The printed table: a line for each figure with its target, and details where asked for. */
final class Table {
    private final PrintStream out;
    private final boolean details;
    private final List<String> missed = new ArrayList<>();

    Table(PrintStream out, boolean details) {
        this.out = out;
        this.details = details;
    }

    void share(String name, double part, double whole, double atLeast) {
        if (whole == 0) {
            return;
        }
        double share = part / whole;
        line(name, format(share * 100) + " %", "≥ " + format(atLeast * 100) + " %", share >= atLeast, part, whole);
    }

    void atMost(String name, double part, double whole, double atMost) {
        if (whole == 0) {
            return;
        }
        double share = part / whole;
        line(name, format(share * 100) + " %", "≤ " + format(atMost * 100) + " %", share <= atMost, part, whole);
    }

    void figure(String name, double value, String unit, double atMost) {
        boolean met = value <= atMost;
        out.printf(Locale.ROOT, "%-62s %10.4f %-4s target ≤ %-8s %s%n", name, value, unit, format(atMost), mark(met));
        note(name, met);
    }

    void info(String name, String value) {
        out.printf(Locale.ROOT, "%-62s %s%n", name, value);
    }

    void detail(String text) {
        if (details) {
            out.println("    " + text);
        }
    }

    /** What was missed, empty where all targets are met. */
    List<String> missed() {
        return missed;
    }

    private void line(String name, String value, String target, boolean met, double part, double whole) {
        out.printf(
                Locale.ROOT,
                "%-62s %10s      target %-10s %-6s (%s of %s)%n",
                name,
                value,
                target,
                mark(met),
                format(part),
                format(whole));
        note(name, met);
    }

    private void note(String name, boolean met) {
        if (!met) {
            missed.add(name);
        }
    }

    private static String mark(boolean met) {
        return met ? "met" : "MISSED";
    }

    private static String format(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
