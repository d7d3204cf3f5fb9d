package phifleet.equations.grammar.token;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.equations.grammar.token.Token.Kind;

/** What each LaTeX command is; the lexer's table. */
final class Commands {
    /** What a command turns into. */
    record Meaning(Kind kind, String text) {}

    private static final Map<String, Meaning> MEANINGS = new HashMap<>();
    /** White space and layout that mean nothing. */
    private static final Set<String> IGNORED = Set.of(
            ",",
            ";",
            ":",
            "!",
            " ",
            ">",
            "quad",
            "qquad",
            "thinspace",
            "medspace",
            "thickspace",
            "enspace",
            "limits",
            "nolimits",
            "displaystyle",
            "textstyle",
            "scriptstyle",
            "big",
            "Big",
            "bigg",
            "Bigg",
            "bigl",
            "bigr",
            "Bigl",
            "Bigr",
            "biggl",
            "biggr",
            "Biggl",
            "Biggr",
            "bigm",
            "mathstrut",
            "strut",
            "nonumber",
            "because",
            "boxed",
            "ensuremath",
            "notag",
            "[",
            "]",
            "(",
            ")");
    /** Commands whose braces hold upright text, not mathematics. */
    static final Set<String> TEXTS = Set.of(
            "text",
            "textrm",
            "textit",
            "textbf",
            "textsf",
            "mbox",
            "operatorname",
            "operatorname*",
            "mathrm",
            "rm",
            "unit",
            "si",
            "ce",
            "mathop",
            "mathsf",
            "mathtt");
    /** Commands that the parser reads together with their arguments. */
    private static final Set<String> STRUCTURES = Set.of(
            "frac",
            "dfrac",
            "tfrac",
            "cfrac",
            "sqrt",
            "vec",
            "overrightarrow",
            "mathbf",
            "boldsymbol",
            "bm",
            "hat",
            "widehat",
            "bar",
            "overline",
            "tilde",
            "widetilde",
            "dot",
            "ddot",
            "dddot",
            "mathcal",
            "mathfrak",
            "mathscr",
            "mathbb",
            "mathit",
            "mathnormal",
            "binom",
            "dbinom",
            "tbinom");

    static {
        relations();
        operators();
        brackets();
        for (String name : STRUCTURES) {
            MEANINGS.put(name, new Meaning(Kind.COMMAND, name));
        }
        for (String name : TEXTS) {
            MEANINGS.put(name, new Meaning(Kind.TEXT, name));
        }
        for (String name : new String[] {"int", "iint", "iiint", "oint", "oiint", "sum", "prod", "lim"}) {
            MEANINGS.put(name, new Meaning(Kind.BIG, name));
        }
        put(Kind.NAME, "T", "top", "intercal");
        put(Kind.COMMAND, "Pr", "Pr");
        put(Kind.OPERATOR, "∩", "cap");
        put(Kind.OPERATOR, "∪", "cup");
        put(Kind.OPERATOR, "∖", "setminus", "smallsetminus");
        put(Kind.OPERATOR, "⊆", "subseteq", "subset");
        put(Kind.OPERATOR, "⊇", "supseteq", "supset");
        put(Kind.OPERATOR, "∈", "in");
        put(Kind.OPERATOR, "∉", "notin");
        put(Kind.OPERATOR, "∀", "forall");
        put(Kind.OPERATOR, "∃", "exists");
        put(Kind.NAME, "emptyset", "emptyset", "varnothing");
        put(Kind.OPERATOR, "⊗", "otimes");
        put(Kind.OPERATOR, "∥", "parallel");
        put(Kind.COMMAND, "dots", "dots", "cdots", "ldots", "dotsc", "dotsb", "dotsm", "vdots", "ddots");
        MEANINGS.put("partial", new Meaning(Kind.PARTIAL, "∂"));
        MEANINGS.put("nabla", new Meaning(Kind.NABLA, "∇"));
        MEANINGS.put("infty", new Meaning(Kind.CONSTANT, "oo"));
        MEANINGS.put("pi", new Meaning(Kind.CONSTANT, "pi"));
        MEANINGS.put("imath", new Meaning(Kind.NAME, "i"));
        MEANINGS.put("jmath", new Meaning(Kind.NAME, "j"));
        MEANINGS.put("ell", new Meaning(Kind.NAME, "l"));
        MEANINGS.put("odot", new Meaning(Kind.TEXT, "odot"));
        MEANINGS.put("oplus", new Meaning(Kind.TEXT, "oplus"));
        MEANINGS.put("bmod", new Meaning(Kind.OPERATOR, "mod"));
        MEANINGS.put("mod", new Meaning(Kind.OPERATOR, "mod"));
        MEANINGS.put("colon", new Meaning(Kind.OPERATOR, ":"));
        MEANINGS.put("AA", new Meaning(Kind.NAME, "Å"));
        MEANINGS.put("angstrom", new Meaning(Kind.NAME, "Å"));
        put(Kind.NAME, "square", "square", "Box");
    }

    private Commands() {}

    /** What {@code \name} is, or null where it is not known. Functions and Greek letters are not in this table. */
    static @Nullable Meaning of(String name) {
        return MEANINGS.get(name);
    }

    static boolean isIgnored(String name) {
        return IGNORED.contains(name);
    }

    private static void relations() {
        put(Kind.RELATION, "=", "Leftrightarrow", "iff");
        put(Kind.RELATION, "≈", "approx", "simeq", "sim", "approxeq", "cong", "doteq");
        put(Kind.RELATION, "≡", "equiv", "coloneqq", "triangleq");
        put(Kind.RELATION, "≠", "ne", "neq");
        put(Kind.RELATION, "<", "lt", "ll");
        put(Kind.RELATION, ">", "gt", "gg");
        put(Kind.RELATION, "≤", "le", "leq", "leqslant", "lesssim");
        put(Kind.RELATION, "≥", "ge", "geq", "geqslant", "gtrsim");
        put(Kind.RELATION, "∝", "propto");
        put(Kind.RELATION, "→", "to", "rightarrow", "longrightarrow", "mapsto");
        put(Kind.RELATION, "⇒", "Rightarrow", "Longrightarrow", "implies", "therefore");
        put(Kind.RELATION, "⇌", "rightleftharpoons", "leftrightarrow", "leftrightharpoons");
    }

    private static void operators() {
        put(Kind.OPERATOR, "·", "cdot", "cdotp", "bullet");
        put(Kind.OPERATOR, "×", "times", "wedge");
        put(Kind.OPERATOR, "*", "ast", "star");
        put(Kind.OPERATOR, "/", "div", "slash");
        put(Kind.OPERATOR, "±", "pm");
        put(Kind.OPERATOR, "∓", "mp");
        put(Kind.OPERATOR, "'", "prime");
        put(Kind.OPERATOR, "°", "circ", "degree", "ominus");
        put(Kind.OPERATOR, "\\\\", "\\", "cr", "newline");
        put(Kind.OPERATOR, "†", "dagger");
        put(Kind.OPERATOR, "‡", "ddagger");
        put(Kind.OPERATOR, "%", "%");
    }

    private static void brackets() {
        put(Kind.OPEN, "⟨", "langle");
        put(Kind.CLOSE, "⟩", "rangle");
        put(Kind.OPEN, "⌊", "lfloor");
        put(Kind.CLOSE, "⌋", "rfloor");
        put(Kind.OPEN, "⌈", "lceil");
        put(Kind.CLOSE, "⌉", "rceil");
        put(Kind.OPEN, "\\{", "{", "lbrace");
        put(Kind.CLOSE, "\\}", "}", "rbrace");
        put(Kind.OPEN, "|", "lvert");
        put(Kind.CLOSE, "|", "rvert");
        put(Kind.OPEN, "‖", "lVert");
        put(Kind.CLOSE, "‖", "rVert");
        put(Kind.BAR, "|", "vert", "mid");
        put(Kind.BAR, "‖", "Vert", "|");
        put(Kind.OPEN, "[", "lbrack");
        put(Kind.CLOSE, "]", "rbrack");
    }

    private static void put(Kind kind, String text, String... names) {
        for (String name : names) {
            MEANINGS.put(name, new Meaning(kind, text));
        }
    }
}
