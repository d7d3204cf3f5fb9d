package phifleet.equations.grammar.token;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.equations.grammar.token.Token.Kind;

/** What each sign that is no letter and no digit means; the longest that fits counts. */
final class Signs {
    /**
     * A sign found in the text.
     *
     * @param length its UTF-16 units
     * @param times how many tokens it stands for
     */
    record Sign(Kind kind, String text, int length, int times) {}

    private static final int LONGEST = 3;
    private static final Map<String, Sign> SIGNS = new HashMap<>();

    static {
        relations();
        brackets();
        operators();
        put(Kind.PARTIAL, "∂", "∂");
        put(Kind.NABLA, "∇", "∇");
        put(Kind.NAME, "Delta", "∆");
        put(Kind.CONSTANT, "oo", "∞");
        put(Kind.CONSTANT, "pi", "π");
        put(Kind.COMMAND, "√", "√");
        put(Kind.COMMAND, "∛", "∛");
        put(Kind.BIG, "int", "∫");
        put(Kind.BIG, "iint", "∬");
        put(Kind.BIG, "iiint", "∭");
        put(Kind.BIG, "oint", "∮", "∯");
        put(Kind.BIG, "sum", "∑");
        put(Kind.BIG, "prod", "∏");
        for (char accent : new char[] {'\u0302', '\u0304', '\u0303', '\u20D7', '\u0307', '\u0308'}) {
            put(Kind.COMMAND, "accent:" + Letters.accent(accent), String.valueOf(accent));
        }
    }

    private Signs() {}

    /** The sign that begins at {@code at}, or null. */
    static @Nullable Sign at(String source, int at) {
        for (int length = LONGEST; length > 0; length--) {
            Sign sign = at + length <= source.length() ? SIGNS.get(source.substring(at, at + length)) : null;
            if (sign != null) {
                return sign;
            }
        }
        return null;
    }

    private static void relations() {
        put(Kind.RELATION, "=", "=", "==", "＝");
        put(Kind.RELATION, "≈", "≈", "≃", "≅", "∼", "~=");
        put(Kind.RELATION, "≡", "≡", "≔", "≝", ":=");
        put(Kind.RELATION, "≠", "≠", "!=");
        put(Kind.RELATION, "<", "<", "＜");
        put(Kind.RELATION, ">", ">", "＞");
        put(Kind.RELATION, "≤", "≤", "⩽", "<=", "=<");
        put(Kind.RELATION, "≥", "≥", "⩾", ">=");
        put(Kind.RELATION, "∝", "∝");
        put(Kind.RELATION, "⇒", "⇒", "⟹", "∴", "=>", "==>");
        put(Kind.RELATION, "→", "→", "⟶", "↦", "->", "-->");
        put(Kind.RELATION, "⇌", "⇌", "⇄", "⇔", "↔", "<=>", "<->");
    }

    private static void brackets() {
        for (String open : new String[] {"(", "[", "{", "⌊", "⌈"}) {
            put(Kind.OPEN, open, open);
        }
        for (String close : new String[] {")", "]", "}", "⌋", "⌉"}) {
            put(Kind.CLOSE, close, close);
        }
        put(Kind.OPEN, "(", "（");
        put(Kind.CLOSE, ")", "）");
        put(Kind.TEXT, "odot", "☉", "⊙");
        put(Kind.TEXT, "oplus", "⊕", "♁");
        put(Kind.OPEN, "⟨", "⟨", "〈");
        put(Kind.CLOSE, "⟩", "⟩", "〉");
        put(Kind.BAR, "|", "|", "∣");
        put(Kind.BAR, "‖", "‖", "∥");
    }

    private static void operators() {
        for (String same : new String[] {"+", "_", "!", ",", ";", "&", "%", "‰", "±", "∓", "×", "°", "†", ":"}) {
            put(Kind.OPERATOR, same, same);
        }
        put(Kind.OPERATOR, "-", "-", "−", "–", "－");
        put(Kind.OPERATOR, "+", "＋");
        put(Kind.OPERATOR, "°", "⊖", "⦵");
        put(Kind.OPERATOR, "∩", "∩");
        put(Kind.OPERATOR, "∪", "∪");
        put(Kind.OPERATOR, "∖", "∖");
        put(Kind.OPERATOR, "⊆", "⊆", "⊂");
        put(Kind.OPERATOR, "⊇", "⊇", "⊃");
        put(Kind.OPERATOR, "∈", "∈");
        put(Kind.OPERATOR, "∉", "∉");
        for (String same : new String[] {"∀", "∃", "ℝ", "ℤ", "ℕ", "ℚ", "ℂ"}) {
            put(Kind.OPERATOR, same, same);
        }
        put(Kind.NAME, "emptyset", "∅");
        put(Kind.OPERATOR, "⊗", "⊗");
        put(Kind.COMMAND, "dots", "...", "…", "⋯");
        put(Kind.OPERATOR, ":", "∶", "：");
        put(Kind.OPERATOR, "*", "*", "∗");
        put(Kind.OPERATOR, "/", "/", "÷", "∕", "⁄", "／");
        put(Kind.OPERATOR, "^", "^", "**");
        put(Kind.OPERATOR, "·", "·", "⋅", "∙", "•");
        put(Kind.OPERATOR, "'", "'", "′");
        for (String twice : new String[] {"″", "\"", "”"}) {
            SIGNS.put(twice, new Sign(Kind.OPERATOR, "'", 1, 2));
        }
    }

    private static void put(Kind kind, String text, String... spellings) {
        for (String spelling : spellings) {
            SIGNS.put(spelling, new Sign(kind, text, spelling.length(), 1));
        }
    }
}
