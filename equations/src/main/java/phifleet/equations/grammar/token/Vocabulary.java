package phifleet.equations.grammar.token;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Function;

/** The words the grammar knows: functions with their other spellings, forms, and names that stay whole. */
public final class Vocabulary {
    /** Known only with brackets right behind: alone they are symbols (γ, β) or products (d, O). */
    private static final Set<Function> ONLY_CALLED = EnumSet.of(
            Function.GAMMA,
            Function.BETA,
            Function.ZETA,
            Function.CHANGE,
            Function.VARIATION,
            Function.DIFFERENTIAL,
            Function.ORDER,
            Function.AVERAGE,
            Function.NORM,
            Function.MIN,
            Function.MAX,
            Function.MOD,
            Function.RE,
            Function.IM,
            Function.ARG,
            Function.ABS,
            Function.TRACE,
            Function.RANK,
            Function.NULLITY,
            Function.TENSOR,
            Function.DETERMINANT,
            Function.FACTORIAL,
            Function.BINOMIAL,
            Function.SIGN,
            Function.FLOOR,
            Function.CEILING,
            Function.ROOT,
            Function.CONJUGATE,
            Function.TRANSPOSE,
            Function.ERF,
            Function.ERFC,
            Function.SINC,
            Function.VARIANCE,
            Function.COVARIANCE);
    /** Heads of a grammar of their own; all need brackets right behind. */
    private static final Set<String> FORMS = Set.of(
            "Derivative",
            "diff",
            "Integral",
            "Sum",
            "Product",
            "Limit",
            "LimitAbove",
            "LimitBelow",
            "dot",
            "cross",
            "Piecewise",
            "div",
            "grad",
            "curl",
            "rot",
            "laplacian",
            "Laplacian",
            "Eq",
            "Matrix",
            "log10",
            "log2",
            "cbrt",
            "integrate",
            "limit");

    private static final Map<String, Function> FUNCTIONS = new HashMap<>();
    /** Dimensionless numbers and other names of several letters that are one symbol where they stand alone. */
    private static final Set<String> NAMES = Set.of(
            "Re", "Nu", "Fr", "Bi", "Kn", "We", "St", "Sc", "Sh", "Pe", "Gr", "Ra", "Ec", "Eu", "Le", "Bo", "De", "Fo",
            "Oh", "Ro", "Wi", "Wo", "Ri", "Sr", "Pr", "emf", "EMF", "pH", "pOH", "pKa", "pKb", "SNR", "rms");
    /** Negative decimal logarithms of concentrations and constants. */
    private static final Set<String> LOGARITHMS = Set.of("pH", "pOH", "pKa", "pKb", "pKw");
    /** Quantities by their English names. */
    private static final Set<String> WORDS = Set.of(
            "mass",
            "force",
            "energy",
            "power",
            "work",
            "time",
            "length",
            "width",
            "height",
            "depth",
            "distance",
            "displacement",
            "speed",
            "velocity",
            "acceleration",
            "momentum",
            "impulse",
            "area",
            "volume",
            "density",
            "pressure",
            "temperature",
            "heat",
            "entropy",
            "enthalpy",
            "charge",
            "current",
            "voltage",
            "resistance",
            "capacitance",
            "inductance",
            "frequency",
            "period",
            "wavelength",
            "amplitude",
            "torque",
            "weight",
            "gravity",
            "radius",
            "diameter",
            "angle",
            "field",
            "flux",
            "potential",
            "stress",
            "strain",
            "moles",
            "rate",
            "concentration",
            "efficiency",
            "intensity",
            "position",
            "circumference",
            "perimeter",
            "base",
            "side",
            "profit",
            "cost",
            "price",
            "revenue",
            "interest",
            "principal",
            "number",
            "total",
            "initial",
            "final",
            "emptyset");

    static {
        for (Function function : Function.values()) {
            FUNCTIONS.put(function.spelling(), function);
        }
        Map.ofEntries(
                        Map.entry("tg", Function.TAN),
                        Map.entry("ctg", Function.COT),
                        Map.entry("cotan", Function.COT),
                        Map.entry("cosec", Function.CSC),
                        Map.entry("arcsin", Function.ASIN),
                        Map.entry("arccos", Function.ACOS),
                        Map.entry("arctan", Function.ATAN),
                        Map.entry("arctg", Function.ATAN),
                        Map.entry("arccot", Function.ACOT),
                        Map.entry("arcsec", Function.ASEC),
                        Map.entry("arccsc", Function.ACSC),
                        Map.entry("sh", Function.SINH),
                        Map.entry("ch", Function.COSH),
                        Map.entry("th", Function.TANH),
                        Map.entry("arcsinh", Function.ASINH),
                        Map.entry("arccosh", Function.ACOSH),
                        Map.entry("arctanh", Function.ATANH),
                        Map.entry("arsinh", Function.ASINH),
                        Map.entry("arcosh", Function.ACOSH),
                        Map.entry("artanh", Function.ATANH),
                        Map.entry("ln", Function.LOG),
                        Map.entry("exp_polar", Function.EXP),
                        Map.entry("Abs", Function.ABS),
                        Map.entry("sgn", Function.SIGN),
                        Map.entry("sign", Function.SIGN),
                        Map.entry("ceil", Function.CEILING),
                        Map.entry("Min", Function.MIN),
                        Map.entry("Max", Function.MAX),
                        Map.entry("Mod", Function.MOD),
                        Map.entry("Re", Function.RE),
                        Map.entry("Im", Function.IM),
                        Map.entry("conj", Function.CONJUGATE),
                        Map.entry("Gamma", Function.GAMMA),
                        Map.entry("lgamma", Function.LOG_GAMMA),
                        Map.entry("psi", Function.DIGAMMA),
                        Map.entry("heaviside", Function.HEAVISIDE),
                        Map.entry("rf", Function.RISING_FACTORIAL),
                        Map.entry("ff", Function.FALLING_FACTORIAL),
                        Map.entry("W", Function.LAMBERT_W),
                        Map.entry("mean", Function.AVERAGE),
                        Map.entry("Tr", Function.TRACE))
                .forEach(FUNCTIONS::put);
        // These spellings are letters of physics first; only their unmistakable long names remain functions.
        FUNCTIONS
                .keySet()
                .removeAll(Set.of(
                        "sh",
                        "ch",
                        "th",
                        "W",
                        "Re",
                        "Im",
                        "psi",
                        "rf",
                        "ff",
                        "Gamma",
                        "E",
                        "P",
                        "given",
                        "omitted",
                        "tensor",
                        "union",
                        "intersection"));
        FUNCTIONS.put("digamma", Function.DIGAMMA);
    }

    /** Letters of the longest function's name; no Greek letter's is longer. */
    public static final int LONGEST_WORD =
            FUNCTIONS.keySet().stream().mapToInt(String::length).max().orElse(0);

    private Vocabulary() {}

    /** The function of that spelling, or null. */
    public static @Nullable Function function(String word) {
        return FUNCTIONS.get(word);
    }

    /** Whether the function is known without brackets too: {@code sin x}. */
    public static boolean standsAlone(Function function) {
        return !ONLY_CALLED.contains(function);
    }

    /** Whether it is a function of a matrix, which the letter of one may follow without brackets. */
    public static boolean isOfMatrix(@Nullable Function function) {
        return function == Function.TRACE
                || function == Function.DETERMINANT
                || function == Function.RANK
                || function == Function.NULLITY;
    }

    /** Whether the word may be cut out of a run of letters: {@code xsiny}. */
    public static boolean standsOutInRun(String word) {
        Function function = FUNCTIONS.get(word);
        return function != null && standsAlone(function) && word.length() > 1;
    }

    public static boolean isForm(String word) {
        return FORMS.contains(word);
    }

    /** Whether it is one name wherever it stands. */
    public static boolean isWord(String word) {
        return WORDS.contains(word.toLowerCase(java.util.Locale.ROOT))
                || LOGARITHMS.contains(word)
                || word.equals("True");
    }

    /** Whether it is one name where it stands alone on a side. */
    public static boolean isName(String word) {
        return NAMES.contains(word);
    }
}
