package phifleet.equations.grammar.token;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import phifleet.equations.ast.Function;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token.Kind;

/** LaTeX's commands with what belongs to them: texts, brackets, digits without braces, quantities of siunitx. */
final class LatexCommands {
    /** A word that is cut short: its full stop says nothing. */
    private static final Pattern ABBREVIATION = Pattern.compile("^(\\s*\\p{L}{2,}\\s*)\\.\\s*$");

    private final Scan scan;
    /** Reads the next token, of any kind. */
    private final Runnable next;

    private final PackageCommands packages;

    LatexCommands(Scan scan, Runnable next) {
        this.scan = scan;
        this.next = next;
        this.packages = new PackageCommands(scan, next);
    }

    /** Takes the command that begins here. */
    void read() {
        int end = scan.at + 1;
        while (Scan.isLatin(scan.charAt(end))) {
            end++;
        }
        if (end == scan.at + 1) {
            end = Math.min(scan.source.length(), end + 1);
        } else if (scan.source.startsWith("operatorname*", scan.at + 1)) {
            end++;
        }
        String name = scan.source.substring(scan.at + 1, end);
        int begin = scan.at;
        if (Commands.isIgnored(name)) {
            scan.at = end;
            return;
        }
        if (name.equals("qty") && "([|\\".indexOf(scan.charAt(end)) >= 0) {
            // Of the package physics: brackets that grow.
            scan.at = end;
            return;
        }
        if (name.equals("left") || name.equals("right") || name.equals("middle")) {
            delimiter(name, end);
        } else {
            known(name, end);
        }
        scan.spaced = false;
        // The space that ends a command's name is no white space.
        while (scan.at > begin
                && scan.at < scan.source.length()
                && Scan.isLatin(scan.source.charAt(scan.at - 1))
                && scan.source.charAt(scan.at) == ' ') {
            scan.at++;
        }
    }

    private void known(String name, int end) {
        Commands.Meaning meaning = Commands.of(name);
        Function function = Vocabulary.function(name);
        String greek = Letters.byName(name);
        if (name.equals("div") && packages.divergence(end)) {
            return;
        }
        if (name.equals("pmod")) {
            pmod(end);
        } else if (name.equals("SI") || name.equals("qty") || name.equals("num")) {
            quantity(name, end);
        } else if (name.equals("gcd") || name.equals("lcm")) {
            scan.add(Kind.TEXT, name, end - scan.at);
        } else if (name.equals("lg") || name.equals("lb")) {
            logarithm(name.equals("lg") ? "10" : "2", end);
        } else if (name.equals("Re") || name.equals("Im")) {
            part(name, end);
        } else if (name.equals("operatorname") && scan.source.startsWith("{Re}", end)) {
            part("Re", end + "{Re}".length());
        } else if (name.equals("operatorname") && scan.source.startsWith("{Im}", end)) {
            part("Im", end + "{Im}".length());
        } else if (meaning != null
                && meaning.text().startsWith("o")
                && meaning.kind() == Kind.TEXT
                && !Commands.TEXTS.contains(name)) {
            scan.add(Kind.TEXT, meaning.text(), end - scan.at);
        } else if (meaning != null && meaning.kind() == Kind.TEXT) {
            text(name, end, UnaryOperator.identity());
        } else if (meaning != null) {
            scan.add(meaning.kind(), meaning.text(), end - scan.at);
            if (name.endsWith("frac") || name.endsWith("binom")) {
                digits(2);
            }
        } else if (greek != null) {
            scan.add(Kind.NAME, greek, end - scan.at);
        } else if (function != null) {
            scan.tokens.add(new Token(Kind.FUNCTION, name, scan.at, end, scan.spaced, function));
            scan.at = end;
        } else if (name.equals("begin") || name.equals("end")) {
            int close = scan.closing(end);
            scan.add(
                    Kind.COMMAND,
                    name + ":" + scan.source.substring(end + 1, close).replace("*", ""),
                    close + 1 - scan.at);
        } else if (name.equals("tag") || name.equals("label")) {
            scan.at = scan.closing(end) + 1;
        } else if (!packages.read(name, end)) {
            throw scan.fail(
                    Code.UNKNOWN_COMMAND, "The command \\" + name + " is not known here.", scan.at, end - scan.at);
        }
    }

    /** The real or imaginary part. */
    private void part(String name, int end) {
        Function part = name.equals("Re") ? Function.RE : Function.IM;
        scan.tokens.add(new Token(Kind.FUNCTION, part.spelling(), scan.at, end, scan.spaced, part));
        scan.at = end;
    }

    /** {@code \\lg} is the logarithm with its base as an index. */
    private void logarithm(String base, int end) {
        scan.tokens.add(new Token(Kind.FUNCTION, "log", scan.at, end, scan.spaced, Function.LOG));
        scan.tokens.add(new Token(Kind.SUBSCRIPT, base, end, end, false));
        scan.at = end;
    }

    /** {@code \\SI{5}{km}}, {@code \\num{5e3}}: the number as if no braces stood around it, and its unit as upright text. */
    private void quantity(String name, int end) {
        int open = end;
        while (scan.charAt(open) == ' ') {
            open++;
        }
        if (scan.charAt(open) != '{') {
            throw scan.fail(
                    Code.UNEXPECTED_TOKEN,
                    "\\" + name + " needs a number in braces behind it.",
                    scan.at,
                    end - scan.at);
        }
        int close = scan.closing(open);
        scan.at = open + 1;
        while (scan.at < close) {
            next.run();
        }
        scan.at = close + 1;
        if (!name.equals("num")) {
            text(name, scan.at, SiunitxUnits::spelled);
        }
    }

    /** {@code \\pmod{n}} is {@code (mod n)}. */
    private void pmod(int end) {
        int open = end;
        while (scan.charAt(open) == ' ') {
            open++;
        }
        boolean braced = scan.charAt(open) == '{';
        // Without braces a command takes one character.
        int close = braced ? scan.closing(open) : open + 1;
        if (!braced && !Scan.isDigit(scan.charAt(open)) && !Scan.isLatin(scan.charAt(open))) {
            throw scan.fail(Code.UNEXPECTED_TOKEN, "\\pmod needs its modulus behind it.", scan.at, end - scan.at);
        }
        scan.tokens.add(new Token(Kind.OPEN, "(", scan.at, scan.at + 1, true));
        scan.tokens.add(new Token(Kind.OPERATOR, "mod", scan.at + 1, end, false));
        scan.at = braced ? open + 1 : open;
        while (scan.at < close) {
            next.run();
        }
        scan.tokens.add(new Token(Kind.CLOSE, ")", scan.at - 1, scan.at, false));
        scan.at = braced ? close + 1 : scan.at;
    }

    /** Without braces {@code \\frac} takes single digits: {@code \\frac12}. */
    private void digits(int arguments) {
        for (int i = 0; i < arguments; i++) {
            while (scan.charAt(scan.at) == ' ') {
                scan.at++;
            }
            if (!Scan.isDigit(scan.charAt(scan.at))) {
                return;
            }
            scan.add(Kind.NUMBER, String.valueOf(scan.charAt(scan.at)), 1);
        }
    }

    private void delimiter(String side, int end) {
        int begin = end;
        while (scan.charAt(begin) == ' ') {
            begin++;
        }
        int stop = begin + 1;
        String sign = scan.charAt(begin) == 0 ? "" : String.valueOf(scan.charAt(begin));
        if (sign.equals("\\")) {
            while (Scan.isLatin(scan.charAt(stop))) {
                stop++;
            }
            stop = stop == begin + 1 ? stop + 1 : stop;
            Commands.Meaning meaning =
                    Commands.of(scan.source.substring(begin + 1, Math.min(stop, scan.source.length())));
            sign = meaning == null ? "" : meaning.text();
        }
        if (sign.isEmpty() || "()[]|‖⟨⟩⌊⌋⌈⌉\\{\\}<>.".indexOf(sign) < 0) {
            throw scan.fail(Code.UNEXPECTED_TOKEN, "\\" + side + " needs a bracket behind it.", scan.at, end - scan.at);
        }
        String bracket = switch (sign) {
            case "<" -> "⟨";
            case ">" -> "⟩";
            default -> sign;
        };
        Kind kind = side.equals("left") ? Kind.OPEN : side.equals("right") ? Kind.CLOSE : Kind.BAR;
        scan.add(kind, bracket, stop - scan.at);
    }

    private void text(String name, int end, UnaryOperator<String> spelling) {
        int open = end;
        while (scan.charAt(open) == ' ') {
            open++;
        }
        if (scan.charAt(open) != '{') {
            // \rm m and the like: one letter.
            if (Scan.isLatin(scan.charAt(open))) {
                String letter = spelling.apply(String.valueOf(scan.charAt(open)));
                scan.tokens.add(new Token(Kind.TEXT, letter, scan.at, open + 1, scan.spaced));
                scan.at = open + 1;
                return;
            }
            throw scan.fail(
                    Code.UNEXPECTED_TOKEN, "\\" + name + " needs text in braces behind it.", scan.at, end - scan.at);
        }
        int close = scan.closing(open);
        String inside = ABBREVIATION
                .matcher(spelling.apply(scan.source.substring(open + 1, close)))
                .replaceFirst("$1");
        scan.tokens.add(new Token(Kind.TEXT, inside, scan.at, close + 1, scan.spaced));
        scan.at = close + 1;
    }
}
