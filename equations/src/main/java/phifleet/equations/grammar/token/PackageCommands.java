package phifleet.equations.grammar.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Commands of LaTeX's packages that stand for others, as the tokens of these: {@code \\dv[2]{x}{t}}, {@code \\vb{F}} and {@code \\curl} of
 * <em>physics</em> (its manual, sections 2.3 and 2.5), notes under and over braces and signs ({@code \\underbrace{m a}_{…}}, {@code \\stackrel{…}{=}}),
 * colours, and angles of <em>siunitx</em>.
 */
final class PackageCommands {
    private static final Map<String, String> BOLD =
            Map.of("vb", "mathbf", "vectorbold", "mathbf", "va", "vec", "vectorarrow", "vec", "vu", "hat");

    private static final Map<String, String> NABLA =
            Map.of("grad", "", "gradient", "", "divergence", "·", "curl", "×", "laplacian", "^");

    private final Scan scan;
    /** Reads the next token, of any kind. */
    private final Runnable next;

    PackageCommands(Scan scan, Runnable next) {
        this.scan = scan;
        this.next = next;
    }

    /** Takes the command of that name, which ends before {@code end}; false, and nothing taken, where it is none of these. */
    boolean read(String name, int end) {
        switch (name) {
            case "dv", "derivative" -> derivative(Kind.DIFFERENTIAL, "d", end);
            case "pdv", "pderivative", "partialderivative" -> derivative(Kind.PARTIAL, "∂", end);
            case "dd" -> {
                scan.add(Kind.DIFFERENTIAL, "d", end - scan.at);
                if (scan.charAt(end) == '{') {
                    group(end, false);
                }
            }
            case "ev", "expval" -> between(Kind.OPEN, "⟨", Kind.CLOSE, "⟩", name, end);
            case "ket" -> between(Kind.BAR, "|", Kind.CLOSE, "⟩", name, end);
            case "bra" -> between(Kind.OPEN, "⟨", Kind.BAR, "|", name, end);
            case "underbrace", "overbrace" -> {
                group(open(name, end), true);
                note();
            }
            case "stackrel", "overset", "underset" -> {
                int above = open(name, end);
                int below = scan.closing(above) + 1;
                group(open(name, below), false);
                if (name.equals("underset") && scan.tokens.getLast().is(Kind.BIG)) {
                    int behind = scan.at;
                    put(Kind.OPERATOR, "_", above);
                    group(above, true);
                    scan.at = behind;
                }
            }
            case "xrightarrow", "xlongrightarrow" -> {
                int from = scan.charAt(end) == '[' ? scan.source.indexOf(']', end) + 1 : end;
                scan.add(Kind.RELATION, "→", scan.closing(open(name, from)) + 1 - scan.at);
            }
            case "color", "textcolor" -> scan.at = scan.closing(open(name, end)) + 1;
            case "ang" -> {
                group(open(name, end), false);
                scan.tokens.add(new Token(Kind.OPERATOR, "°", scan.at - 1, scan.at, false));
            }
            default -> {
                return isBold(name, end) || isNabla(name, end);
            }
        }
        return true;
    }

    /** {@code \\div} of <em>physics</em> is ∇· where nothing stands before it that could be divided; false, and nothing taken, else. */
    boolean divergence(int end) {
        Token before = scan.tokens.isEmpty() ? null : scan.tokens.getLast();
        boolean starts = before == null
                || before.is(Kind.RELATION)
                || before.is(Kind.OPEN)
                || before.isOperator("+")
                || before.isOperator("-");
        return starts && isNabla("divergence", end);
    }

    private void between(Kind open, String left, Kind close, String right, String name, int end) {
        int braces = open(name, scan.charAt(end) == '*' ? end + 1 : end);
        put(open, left, scan.at);
        group(braces, false);
        put(close, right, scan.at - 1);
    }

    private boolean isBold(String name, int end) {
        String meant = BOLD.get(name);
        if (meant != null) {
            scan.add(Kind.COMMAND, meant, (scan.charAt(end) == '*' ? end + 1 : end) - scan.at);
        }
        return meant != null;
    }

    private boolean isNabla(String name, int end) {
        String sign = NABLA.get(name);
        if (sign == null) {
            return false;
        }
        scan.add(Kind.NABLA, "∇", end - scan.at);
        if (!sign.isEmpty()) {
            scan.tokens.add(new Token(Kind.OPERATOR, sign, end, end, false));
        }
        if (sign.equals("^")) {
            scan.tokens.add(new Token(Kind.NUMBER, "2", end, end, false));
        }
        return true;
    }

    /** {@code \\dv[n]{f}{x}}, {@code \\pdv{f}{x}{y}}, {@code \\dv{x}} before what it acts on. */
    private void derivative(Kind sign, String text, int end) {
        int from = scan.at;
        String order = "";
        int open = end;
        if (scan.charAt(open) == '[') {
            int close = scan.source.indexOf(']', open);
            order = close < 0 ? "" : scan.source.substring(open + 1, close).strip();
            open = close + 1;
        }
        List<Integer> groups = new ArrayList<>();
        int behind = open("derivative", open);
        while (scan.charAt(behind) == '{' && groups.size() < (text.equals("d") ? 2 : 3)) {
            groups.add(behind);
            behind = scan.closing(behind) + 1;
        }
        boolean operator = groups.size() == 1;
        boolean mixed = groups.size() == 3;
        put(Kind.COMMAND, "frac", from);
        put(Kind.OPEN, "{", from);
        put(sign, text, from);
        raised(mixed ? "2" : order, from);
        if (!operator) {
            group(groups.getFirst(), false);
        }
        put(Kind.CLOSE, "}", from);
        put(Kind.OPEN, "{", from);
        for (int group : groups.subList(operator ? 0 : 1, groups.size())) {
            put(sign, text, from);
            group(group, false);
            raised(mixed ? "" : order, from);
        }
        put(Kind.CLOSE, "}", from);
        scan.at = behind;
    }

    private void raised(String order, int from) {
        if (!order.isEmpty()) {
            put(Kind.OPERATOR, "^", from);
            put(Scan.isDigit(order.charAt(0)) ? Kind.NUMBER : Kind.LETTERS, order, from);
        }
    }

    private void put(Kind kind, String text, int at) {
        scan.tokens.add(new Token(kind, text, at, at + 1, false));
    }

    /** What stands in the braces that open there, with these or without. */
    private void group(int open, boolean braced) {
        int close = scan.closing(open);
        if (braced) {
            scan.tokens.add(new Token(Kind.OPEN, "{", open, open + 1, scan.spaced));
        }
        scan.at = open + 1;
        while (scan.at < close) {
            next.run();
        }
        if (braced) {
            scan.tokens.add(new Token(Kind.CLOSE, "}", close, close + 1, false));
        }
        scan.at = close + 1;
    }

    /** What is said of a brace stands below or above it. */
    private void note() {
        if (scan.charAt(scan.at) == '_' || scan.charAt(scan.at) == '^') {
            int open = scan.at + 1;
            scan.at = scan.charAt(open) == '{' ? scan.closing(open) + 1 : open + 1;
        }
    }

    /** The brace that opens at {@code from} or behind the spaces there. */
    private int open(String name, int from) {
        int open = from;
        while (scan.charAt(open) == ' ') {
            open++;
        }
        if (scan.charAt(open) != '{') {
            throw scan.fail(Code.UNEXPECTED_TOKEN, "\\" + name + " needs braces behind it.", scan.at, from - scan.at);
        }
        return open;
    }
}
