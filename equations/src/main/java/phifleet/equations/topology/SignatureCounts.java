package phifleet.equations.topology;

/**
 * The plain counting rules of the first design, for mode {@code signature}: no structure is read, only characters are counted.
 *
 * <p>b0 = number of {@code =} + 1 (the sides), b1 = pairs of brackets, b2 = number of ∫, ∑ and ∇; chi = b0 − b1 + b2. So E = mc² has
 * [2, 0, 0] and chi 2.
 *
 * @param sides b0
 * @param brackets b1
 * @param operators b2
 */
public record SignatureCounts(int sides, int brackets, int operators) {

    /** Counts the characters of {@code text}, in any of the three spellings; LaTeX's \int, \sum and \nabla count as their signs. */
    public static SignatureCounts of(String text) {
        int equals = 0;
        int open = 0;
        int close = 0;
        int operators = 0;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '=' -> equals++;
                case '(', '[' -> open++;
                case ')', ']' -> close++;
                case '∫', '∬', '∭', '∮', '∑', 'Σ', '∇' -> operators++;
                case '\\' -> operators += startsOperator(text, i + 1) ? 1 : 0;
                default -> {}
            }
        }
        return new SignatureCounts(equals + 1, Math.min(open, close), operators);
    }

    public int chi() {
        return sides - brackets + operators;
    }

    private static boolean startsOperator(String text, int at) {
        for (String name : new String[] {"int", "iint", "iiint", "oint", "sum", "nabla"}) {
            int end = at + name.length();
            if (text.startsWith(name, at) && (end == text.length() || !Character.isLetter(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }
}
