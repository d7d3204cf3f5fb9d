package phifleet.equations.grammar.token;

/** How subscripts are spelled alike whichever way they are written. */
public final class Subscripts {
    /** The index of what belongs to a star. */
    public static final String STAR = "star";

    private Subscripts() {}

    /** Without spaces, commas, braces and layout commands: {@code V, \text{m}} is {@code Vm}. */
    public static String clean(String text) {
        StringBuilder kept = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\') {
                int end = i + 1;
                while (end < text.length() && Character.isLetter(text.charAt(end))) {
                    end++;
                }
                kept.append(spoken(text.substring(i + 1, end)));
                i = Math.max(end, i + 2);
            } else {
                if (c == '*') {
                    kept.append(STAR);
                } else if (!Character.isWhitespace(c) && "{}_^,~$".indexOf(c) < 0) {
                    kept.append(c < 128 ? String.valueOf(c) : plain(c));
                }
                i++;
            }
        }
        return kept.toString();
    }

    private static String plain(char c) {
        String greek = Letters.base(c);
        String fraction = Letters.fraction(c);
        return greek != null ? greek : fraction != null ? fraction : String.valueOf(c);
    }

    private static String spoken(String command) {
        String greek = Letters.byName(command);
        if (greek != null) {
            return greek;
        }
        return switch (command) {
            case "infty" -> "inf";
            case "ast", "star" -> STAR;
            case "parallel", "perp", "odot", "oplus", "pm", "prime" -> command;
            case "max", "min", "sup", "inf", "lim", "det", "ln", "log", "exp", "deg", "ker", "dim" -> command;
            default -> "";
        };
    }
}
