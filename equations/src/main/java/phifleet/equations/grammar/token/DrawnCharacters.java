package phifleet.equations.grammar.token;

import java.text.Normalizer;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token.Kind;

/** Single characters that are letters, also with an accent, or units drawn as one. */
final class DrawnCharacters {
    private final Scan scan;

    DrawnCharacters(Scan scan) {
        this.scan = scan;
    }

    /** Takes the character that stands here, or throws that it has no meaning. */
    void read() {
        int codePoint = scan.source.codePointAt(scan.at);
        String base = Letters.base(codePoint);
        int length = Character.charCount(codePoint);
        if (base == null && (composed(codePoint, length) || compatible(codePoint, length))) {
            return;
        }
        if (base == null) {
            throw scan.fail(
                    Code.UNEXPECTED_CHARACTER,
                    "The character " + display(codePoint) + " has no meaning in an equation.",
                    scan.at,
                    length);
        }
        scan.add(base.equals("pi") ? Kind.CONSTANT : Kind.NAME, base, length);
    }

    /** Takes {@code ẋ} as an x with a dot over it. */
    private boolean composed(int codePoint, int length) {
        String parts = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFD);
        String accent = parts.length() == 2 ? Letters.accent(parts.charAt(1)) : null;
        if (accent == null) {
            return false;
        }
        String base = Scan.isLatin(parts.charAt(0)) ? parts.substring(0, 1) : Letters.base(parts.charAt(0));
        if (base == null) {
            return false;
        }
        scan.tokens.add(new Token(Kind.NAME, base, scan.at, scan.at + length, scan.spaced));
        scan.spaced = false;
        return scan.add(Kind.COMMAND, "accent:" + accent, length);
    }

    /** Takes a character that is a unit drawn as one, as {@code ℃} and {@code ㎡}, as upright text. */
    private boolean compatible(int codePoint, int length) {
        String unit = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC)
                .replace('∕', '/')
                .replace('μ', 'µ');
        boolean drawn = unit.length() > 1
                && unit.chars().allMatch(c -> Scan.isLatin((char) c) || "°/23ΩµÅ".indexOf(c) >= 0)
                && unit.chars().anyMatch(c -> Scan.isLatin((char) c));
        return drawn && scan.add(Kind.TEXT, unit, length);
    }

    private static String display(int codePoint) {
        return Character.isISOControl(codePoint)
                ? String.format("U+%04X", codePoint)
                : "“" + Character.toString(codePoint) + "” (U+" + String.format("%04X", codePoint) + ")";
    }
}
