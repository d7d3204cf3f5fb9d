package phifleet.equations.grammar.name;

import java.util.Locale;
import java.util.Set;

/**
 * Runs of letters that are words or common abbreviations and no products: {@code buoyancy}, {@code KE}. Long words are told by their
 * vowels, as products of five letters and more with several vowels in them are not written without a sign.
 */
final class EnglishWords {
    /** Sums and ratios of energies, losses and the like; one name where they stand alone in a term. */
    private static final Set<String> ABBREVIATIONS = Set.of(
            "KE", "PE", "BE", "GPE", "EPE", "TE", "SE", "RKE", "MA", "IMA", "AMA", "VMR", "SWR", "VSWR", "PSRR", "CMRR",
            "THD", "NPSH", "BMI", "LHS", "RHS", "GFR", "COP", "EER", "SPL", "FOM", "mom", "avg", "gcd", "lcm", "const",
            "CL", "AUC", "EC", "IC", "LD", "tot", "net", "eff", "ref", "lim", "vol", "temp", "freq", "dist", "vel",
            "acc", "Ksp", "Keq", "Isp", "RMS", "rpm", "bpm");

    /** Words that hold the name of a function, here that of the tangent, and are one name where those are. */
    private static final Set<String> HOLDING_FUNCTIONS = Set.of("constant");

    private static final Set<String> NUMBERS =
            Set.of("hundred", "thousand", "million", "billion", "trillion", "dozen", "percent");
    private static final int SHORTEST = 5;
    private static final int FEWEST_VOWELS = 2;

    private EnglishWords() {}

    static boolean isAbbreviation(String run) {
        return ABBREVIATIONS.contains(run) || HOLDING_FUNCTIONS.contains(run);
    }

    /** Whether it is a number in words, which is refused: {@code 5 million}. */
    static boolean isNumber(String run) {
        return NUMBERS.contains(run.toLowerCase(Locale.ROOT));
    }

    /** Whether the run reads as a word: small letters behind the first, two vowels or more, not in the order of the alphabet. */
    static boolean looksLikeOne(String run) {
        if (run.length() < SHORTEST || !run.substring(1).chars().allMatch(Character::isLowerCase)) {
            return false;
        }
        String small = run.toLowerCase(Locale.ROOT);
        long vowels = small.chars().filter(c -> "aeiouy".indexOf(c) >= 0).count();
        long letters = small.chars().distinct().count();
        boolean alphabetical = true;
        for (int i = 1; i < small.length(); i++) {
            alphabetical &= small.charAt(i) > small.charAt(i - 1);
        }
        return vowels >= FEWEST_VOWELS
                && vowels < small.length() - 1
                && letters > 3
                && !alphabetical
                && small.length() <= 20;
    }
}
