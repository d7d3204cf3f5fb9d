package phifleet.equations.grammar.token;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The unit in {@code \SI{5}{\kilo\meter\per\hour}} as a unit is else spelled, {@code km·h^-1}: prefixes and units by their names, each
 * {@code \per} for the one unit behind it (siunitx manual, version 3, section 4.3).
 */
final class SiunitxUnits {
    private static final Pattern MACRO =
            Pattern.compile("\\\\(?<name>[A-Za-z]+)\\s*(?:\\{(?<argument>-?\\d{1,2})\\})?");
    private static final Map<String, String> PREFIXES = Map.ofEntries(
            Map.entry("quecto", "q"),
            Map.entry("ronto", "r"),
            Map.entry("yocto", "y"),
            Map.entry("zepto", "z"),
            Map.entry("atto", "a"),
            Map.entry("femto", "f"),
            Map.entry("pico", "p"),
            Map.entry("nano", "n"),
            Map.entry("micro", "µ"),
            Map.entry("milli", "m"),
            Map.entry("centi", "c"),
            Map.entry("deci", "d"),
            Map.entry("deca", "da"),
            Map.entry("deka", "da"),
            Map.entry("hecto", "h"),
            Map.entry("kilo", "k"),
            Map.entry("mega", "M"),
            Map.entry("giga", "G"),
            Map.entry("tera", "T"),
            Map.entry("peta", "P"),
            Map.entry("exa", "E"),
            Map.entry("zetta", "Z"),
            Map.entry("yotta", "Y"),
            Map.entry("ronna", "R"),
            Map.entry("quetta", "Q"));
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("meter", "m"),
            Map.entry("metre", "m"),
            Map.entry("gram", "g"),
            Map.entry("kilogram", "kg"),
            Map.entry("second", "s"),
            Map.entry("minute", "min"),
            Map.entry("hour", "h"),
            Map.entry("day", "d"),
            Map.entry("ampere", "A"),
            Map.entry("kelvin", "K"),
            Map.entry("mole", "mol"),
            Map.entry("candela", "cd"),
            Map.entry("newton", "N"),
            Map.entry("joule", "J"),
            Map.entry("watt", "W"),
            Map.entry("pascal", "Pa"),
            Map.entry("hertz", "Hz"),
            Map.entry("coulomb", "C"),
            Map.entry("volt", "V"),
            Map.entry("ohm", "Ω"),
            Map.entry("siemens", "S"),
            Map.entry("farad", "F"),
            Map.entry("henry", "H"),
            Map.entry("tesla", "T"),
            Map.entry("weber", "Wb"),
            Map.entry("lumen", "lm"),
            Map.entry("lux", "lx"),
            Map.entry("becquerel", "Bq"),
            Map.entry("gray", "Gy"),
            Map.entry("sievert", "Sv"),
            Map.entry("litre", "L"),
            Map.entry("liter", "L"),
            Map.entry("electronvolt", "eV"),
            Map.entry("radian", "rad"),
            Map.entry("steradian", "sr"),
            Map.entry("degree", "°"),
            Map.entry("celsius", "°C"),
            Map.entry("degreeCelsius", "°C"),
            Map.entry("percent", "%"),
            Map.entry("tonne", "t"),
            Map.entry("hectare", "ha"),
            Map.entry("katal", "kat"),
            Map.entry("decibel", "dB"),
            Map.entry("neper", "Np"),
            Map.entry("arcminute", "′"),
            Map.entry("arcsecond", "″"),
            Map.entry("astronomicalunit", "au"),
            Map.entry("dalton", "Da"),
            Map.entry("angstrom", "Å"));

    private SiunitxUnits() {}

    /** The text as it is where it holds no such names, or something else beside them. */
    static String spelled(String text) {
        Matcher macros = MACRO.matcher(text);
        StringBuilder out = new StringBuilder();
        String prefix = "";
        String power = "";
        boolean below = false;
        int end = 0;
        while (macros.find() && text.substring(end, macros.start()).isBlank()) {
            end = macros.end();
            String name = macros.group("name");
            String argument = macros.group("argument");
            switch (name) {
                case "per" -> below = true;
                case "square" -> power = "2";
                case "cubic" -> power = "3";
                case "squared" -> raise(out, "2");
                case "cubed" -> raise(out, "3");
                case "tothe" -> raise(out, argument == null ? "1" : argument);
                default -> {
                    if (PREFIXES.containsKey(name)) {
                        prefix = PREFIXES.get(name);
                        continue;
                    }
                    // The package has short names too, \km and \J, which are the symbols themselves.
                    out.append(out.isEmpty() ? "" : "·").append(prefix).append(UNITS.getOrDefault(name, name));
                    if (below || !power.isEmpty()) {
                        out.append('^').append(below ? "-" : "").append(power.isEmpty() ? "1" : power);
                    }
                    prefix = "";
                    power = "";
                    below = false;
                }
            }
        }
        return end == 0 || !text.substring(end).isBlank() ? text : out.toString();
    }

    /** Raises the last unit: m^-1 squared is m^-2. */
    private static void raise(StringBuilder out, String power) {
        int sign = out.lastIndexOf("^");
        boolean raised = sign >= 0 && sign > out.lastIndexOf("·");
        boolean below = raised && out.charAt(sign + 1) == '-';
        if (raised) {
            out.setLength(sign);
        }
        out.append('^').append(below ? "-" : "").append(power);
    }
}
