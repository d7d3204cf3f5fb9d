package phifleet.equations.grammar.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text about nuclei in one spelling: marks raised by {@code ^} and lowered by {@code _} without braces, Greek letters, a bar as U+0304
 * behind its letter, {@code ->} for the arrow, one space where there are many.
 */
final class NuclearText {
    private static final Pattern ARROWS =
            Pattern.compile("\\\\(?:long)?rightarrow(?![a-z])|\\\\to(?![a-z])|-->|→|⟶|=>|⇒|\\\\Rightarrow");
    private static final Pattern UPRIGHT =
            Pattern.compile("\\\\(?:ce|mathrm|text|rm|mathsf|mathbf|operatorname)(?![a-z])\\s*");
    private static final Pattern SPACES = Pattern.compile("\\\\[,;: !]|\\\\q?quad(?![a-z])|[$~]|\\\\[()\\[\\]]");
    private static final Pattern BARS = Pattern.compile("\\\\(?:bar|overline)\\s*\\{?\\s*(\\\\?[a-zA-Zνα-ω]+)\\s*\\}?");
    private static final Pattern EMPTY = Pattern.compile("\\{\\s*\\}");
    /** As many as somebody likes, which patterns with several places for a space would try one by one in each. */
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private static final Pattern STAR = Pattern.compile("\\^?\\{?(?:\\*|\\\\ast)\\}?");
    private static final Map<String, String> GREEK = Map.ofEntries(
            Map.entry("alpha", "α"),
            Map.entry("beta", "β"),
            Map.entry("gamma", "γ"),
            Map.entry("nu", "ν"),
            Map.entry("mu", "μ"),
            Map.entry("tau", "τ"),
            Map.entry("pi", "π"),
            Map.entry("Lambda", "Λ"),
            Map.entry("Sigma", "Σ"),
            Map.entry("Xi", "Ξ"),
            Map.entry("Omega", "Ω"),
            Map.entry("Delta", "Δ"));
    private static final Pattern WORDS =
            Pattern.compile("\\\\?(?<![A-Za-z])(" + String.join("|", GREEK.keySet()) + ")(?![a-z])");

    private NuclearText() {}

    static String of(String source) {
        String text = ARROWS.matcher(source).replaceAll("->");
        text = SPACES.matcher(UPRIGHT.matcher(text).replaceAll("")).replaceAll(" ");
        text = BARS.matcher(text).replaceAll("$1\u0304");
        text = WORDS.matcher(text).replaceAll(found -> GREEK.get(found.group(1)));
        text = STAR.matcher(marked(text)).replaceAll("");
        text = EMPTY.matcher(text).replaceAll("");
        return opened(BLANKS.matcher(text).replaceAll(" ").strip());
    }

    /** With {@code ^{…}} and {@code _{…}} for characters that are drawn raised and lowered. */
    private static String marked(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String raised = Letters.raised(c);
            String lowered = Letters.lowered(c);
            if (raised == null && lowered == null) {
                out.append(c);
                continue;
            }
            boolean above = raised != null;
            out.append(above ? "^{" : "_{");
            int end = i;
            for (String mark = above ? raised : lowered; mark != null; mark = mark(text, end, above)) {
                out.append(mark);
                end++;
            }
            out.append('}');
            i = end - 1;
        }
        return out.toString();
    }

    private static @Nullable String mark(String text, int at, boolean above) {
        if (at >= text.length()) {
            return null;
        }
        return above ? Letters.raised(text.charAt(at)) : Letters.lowered(text.charAt(at));
    }

    /** Without braces around all of it. */
    private static String opened(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i > 0 && i == text.length() - 1 ? text.substring(1, i).strip() : text;
            }
        }
        return text;
    }

    /** Parts of a side between plus signs; one that is raised, or touches what stands before it only, is a charge. */
    static List<String> terms(String side) {
        List<String> terms = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < side.length(); i++) {
            char c = side.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == '+' && depth == 0 && !isCharge(side, i)) {
                terms.add(opened(side.substring(from, i).strip()));
                from = i + 1;
            }
        }
        terms.add(opened(side.substring(from).strip()));
        return terms;
    }

    private static boolean isCharge(String side, int at) {
        boolean raised = at > 0
                && (side.charAt(at - 1) == '^'
                        || (at > 1 && side.substring(at - 2, at).matches("\\^[+\\d]")));
        boolean touches = at > 0 && !Character.isWhitespace(side.charAt(at - 1));
        boolean ends = at + 1 == side.length() || Character.isWhitespace(side.charAt(at + 1));
        return raised || (touches && ends);
    }
}
