package phifleet.equations.grammar.token;

import java.util.Set;

/**
 * Names that programs print and people do not write, which the ordinary rules for letters, digits and indices would cut:
 * {@code atan2(}, {@code log10(}, {@code exp_polar(}, and dummies such as {@code s0_} and {@code _Dummy_12}.
 */
final class MachineNames {
    private static final Set<String> FUNCTIONS = Set.of("atan2", "log10", "log2", "exp_polar");

    private MachineNames() {}

    /** Where the function whose name begins at {@code at} ends, if it is one of these; else {@code at}. */
    static int functionEnd(String source, int at) {
        for (String function : FUNCTIONS) {
            if (source.startsWith(function, at) && charAt(source, at + function.length()) == '(') {
                return at + function.length();
            }
        }
        return at;
    }

    /** Where the dummy that begins at {@code at} ends; {@code at} where none does. */
    static int dummyEnd(String source, int at) {
        int end = charAt(source, at) == '_' ? underscored(source, at) : trailing(source, at);
        char behind = charAt(source, end);
        return isWord(behind) || behind == '{' || behind == '(' ? at : end;
    }

    /** {@code _Dummy_12}. */
    private static int underscored(String source, int at) {
        char first = charAt(source, at + 1);
        boolean opens = first < 128 && Character.isLetter(first) && (at == 0 || !ends(source.charAt(at - 1)));
        int end = at + 1;
        while (opens && isWord(charAt(source, end))) {
            end++;
        }
        return opens ? end : at;
    }

    /** {@code s0_}. */
    private static int trailing(String source, int at) {
        int letters = at;
        while (Character.isLetter(charAt(source, letters)) && charAt(source, letters) < 128) {
            letters++;
        }
        int digits = letters;
        while (isDigit(charAt(source, digits))) {
            digits++;
        }
        return digits > letters && charAt(source, digits) == '_' ? digits + 1 : at;
    }

    /** Whether an index could hang on what ends with {@code c}. */
    private static boolean ends(char c) {
        return isWord(c) || Character.isLetter(c) || ")]}'∂∇∫∮∑∏".indexOf(c) >= 0;
    }

    private static boolean isWord(char c) {
        return isDigit(c) || c == '_' || (c < 128 && Character.isLetter(c));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static char charAt(String source, int index) {
        return index < source.length() ? source.charAt(index) : 0;
    }
}
