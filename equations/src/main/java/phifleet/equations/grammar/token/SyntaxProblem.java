package phifleet.equations.grammar.token;

import java.util.List;

/**
 * Why a text is no equation.
 *
 * @param code for programs
 * @param message for people: a whole sentence without the place
 * @param position where it begins, in UTF-16 units from 0
 * @param length how many units it covers; 0 at the end of the text
 * @param line the line, from 1
 * @param expected what could have stood there, if that can be told
 * @param excerpt the text around the place, at most {@value #EXCERPT_UNITS} units before and behind it
 */
public record SyntaxProblem(
        Code code, String message, int position, int length, int line, List<String> expected, String excerpt) {
    private static final int EXCERPT_UNITS = 20;

    public SyntaxProblem {
        expected = List.copyOf(expected);
    }

    /** The kinds of problem; {@link #text} is the spelling that answers carry. */
    public enum Code {
        EMPTY,
        TOO_LONG,
        TOO_DEEP,
        TOO_MANY_NODES,
        UNEXPECTED_CHARACTER,
        UNEXPECTED_TOKEN,
        UNEXPECTED_END,
        UNBALANCED_BRACKET,
        UNKNOWN_COMMAND,
        INVALID_NUMBER,
        INVALID_SUBSCRIPT,
        INVALID_MATRIX,
        WRONG_ARGUMENT_COUNT,
        AMBIGUOUS_DIGITS;

        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public static SyntaxProblem at(
            String source, Code code, String message, int position, int length, List<String> expected) {
        int start = Math.clamp(position, 0, source.length());
        int end = Math.clamp((long) start + length, start, source.length());
        int line = 1
                + (int) source.substring(0, start)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        String excerpt = source.substring(
                boundary(source, start - EXCERPT_UNITS),
                boundary(source, Math.min(end, start + EXCERPT_UNITS) + EXCERPT_UNITS));
        return new SyntaxProblem(code, message, start, end - start, line, expected, excerpt);
    }

    /** Keeps surrogate pairs whole. */
    private static int boundary(String source, int index) {
        int inside = Math.clamp(index, 0, source.length());
        boolean splits = inside > 0 && inside < source.length() && Character.isLowSurrogate(source.charAt(inside));
        return splits ? inside - 1 : inside;
    }
}
