package phifleet.equations.grammar.token;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Letters beyond a to z, and how they are spelled. */
public final class Letters {
    private static final String GREEK_CAPITALS = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ";
    private static final String GREEK_SMALL = "αβγδεζηθικλμνξοπρστυφχψω";
    private static final String[] GREEK_NAMES = {
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
        "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"
    };

    private static final Map<Integer, String> BY_CODE_POINT = new HashMap<>();
    private static final Map<String, String> BY_NAME = new HashMap<>();
    private static final Map<Character, String> RAISED = pairs("⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁺+⁻-⁽(⁾)ⁿnⁱiˣxʸyᵃaᵇbᵏkᵗtᵐmᵀT");
    private static final Map<Character, String> LOWERED =
            pairs("₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9₊+₋-ₐaₑeₒoₓxₕhₖkₗlₘmₙnₚpₛsₜtᵢiᵣrᵤuᵥvⱼj");
    private static final Map<Character, String> FRACTIONS = Map.ofEntries(
            Map.entry('½', "1/2"),
            Map.entry('⅓', "1/3"),
            Map.entry('⅔', "2/3"),
            Map.entry('¼', "1/4"),
            Map.entry('¾', "3/4"),
            Map.entry('⅕', "1/5"),
            Map.entry('⅖', "2/5"),
            Map.entry('⅗', "3/5"),
            Map.entry('⅘', "4/5"),
            Map.entry('⅙', "1/6"),
            Map.entry('⅚', "5/6"),
            Map.entry('⅛', "1/8"),
            Map.entry('⅜', "3/8"),
            Map.entry('⅝', "5/8"),
            Map.entry('⅞', "7/8"));
    private static final Map<Character, String> ACCENTS = Map.of(
            '\u0302', "hat", '\u0304', "bar", '\u0303', "tilde", '\u20D7', "vec", '\u0307', "dot", '\u0308', "ddot");

    static {
        for (int i = 0; i < GREEK_NAMES.length; i++) {
            String small = GREEK_NAMES[i];
            String capital = Character.toUpperCase(small.charAt(0)) + small.substring(1);
            BY_CODE_POINT.put((int) GREEK_SMALL.charAt(i), small);
            BY_CODE_POINT.put((int) GREEK_CAPITALS.charAt(i), capital);
            BY_NAME.put(small, small);
            BY_NAME.put(capital, capital);
        }
        Map.of(
                        'ϕ', "phi", 'ϵ', "epsilon", 'ϑ', "theta", 'ϱ', "rho", 'ϖ', "pi", 'ς', "sigma", 'µ', "mu", 'Ω',
                        "Omega", 'ħ', "hbar", 'ℏ', "hbar")
                .forEach((letter, name) -> BY_CODE_POINT.put((int) letter, name));
        Map.of('ℓ', "l", 'Å', "Å", 'ℎ', "h", 'ϰ', "kappa")
                .forEach((letter, name) -> BY_CODE_POINT.put((int) letter, name));
        BY_NAME.putAll(Map.of(
                "varepsilon",
                "epsilon",
                "varphi",
                "phi",
                "vartheta",
                "theta",
                "varrho",
                "rho",
                "varsigma",
                "sigma",
                "varpi",
                "pi",
                "varkappa",
                "kappa",
                "hbar",
                "hbar",
                "hslash",
                "hbar"));
        addMathematical();
    }

    /** Single Greek letters that are more often a word's end than a factor; not looked for inside a run. */
    private static final Set<String> SHORT = Set.of("mu", "nu", "xi", "eta", "psi", "phi", "chi", "rho", "tau", "iota");

    private Letters() {}

    /** The base name of a letter outside a to z, or null. */
    static @Nullable String base(int codePoint) {
        return BY_CODE_POINT.get(codePoint);
    }

    /** The base of a letter spelled by name ({@code varepsilon}), or null. */
    public static @Nullable String byName(String name) {
        return BY_NAME.get(name);
    }

    /** Whether a Greek name may be cut out of a longer run of letters. */
    public static boolean standsOutInRun(String name) {
        return BY_NAME.containsKey(name) && !SHORT.contains(name);
    }

    static @Nullable String raised(char c) {
        return RAISED.get(c);
    }

    static @Nullable String lowered(char c) {
        String known = LOWERED.get(c);
        return known != null
                ? known
                : switch (c) {
                    case 'ᵦ' -> "beta";
                    case 'ᵧ' -> "gamma";
                    case 'ᵨ' -> "rho";
                    case 'ᵩ' -> "phi";
                    case 'ᵪ' -> "chi";
                    default -> null;
                };
    }

    public static @Nullable String fraction(char c) {
        return FRACTIONS.get(c);
    }

    static @Nullable String accent(char c) {
        return ACCENTS.get(c);
    }

    /** Styled Latin letters of the mathematical block: {@code 𝑚}, {@code 𝐅} read as plain ones. */
    private static void addMathematical() {
        for (int block = 0x1D400; block < 0x1D6A4; block += 52) {
            for (int i = 0; i < 52; i++) {
                char letter = (char) (i < 26 ? 'A' + i : 'a' + i - 26);
                BY_CODE_POINT.put(block + i, String.valueOf(letter));
            }
        }
    }

    private static Map<Character, String> pairs(String table) {
        Map<Character, String> map = new HashMap<>();
        for (int i = 0; i < table.length(); i += 2) {
            map.put(table.charAt(i), String.valueOf(table.charAt(i + 1)));
        }
        return Map.copyOf(map);
    }
}
