package phifleet.equations;

import java.util.List;
import java.util.random.RandomGenerator;

/** Texts for the fuzz test: valid equations, mutated ones, and noise; the same seed gives the same texts. */
final class FuzzInput {
    private static final int MAX_LENGTH = 4_000;
    private static final List<String> SEEDS = List.of(
            "E = mc²",
            "PV = nRT",
            "\\frac{\\partial^2 u}{\\partial x^2} = \\frac{1}{v^2}\\frac{\\partial^2 u}{\\partial t^2}",
            "sin²x + cos²x = 1",
            "∇×B = μ₀J + μ₀ε₀∂E/∂t",
            "x^5 - 3x^3 + 2x = (x+1)^4/(x-1)^3",
            "\\int_0^1 x^2 \\, dx = \\frac{1}{3}",
            "sum_{i=1}^n i^2 = n(n+1)(2n+1)/6",
            "(a+b+c)^7 = a^7 + b^7 + c^7",
            "5 km + 200 m = 5.2 km",
            "2 H2 + O2 -> 2 H2O",
            "\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix} = A",
            "|x - |y|| ≤ |x| + |y|",
            "gamma(x+1) = x*gamma(x)",
            "besselj(n, x) = exp(I*x)^(1/3)",
            "L = l*(1.193 + 0.2235*(w + t)/l + log(l/(w + t)))*L_0",
            "\\lim_{x \\to 0} \\frac{\\sin x}{x} = 1",
            "dU = TdS - pdV",
            "φ² = φ + 1",
            "(AB)^T = B^T A^T",
            "tr(A†B) = det A^{-1} + tr ρ",
            "Var(X) = E[X²] - E[X]²",
            "P(A|B ∩ C') = P(A∪B)/P(X > x)",
            "m x'' + c x' = (fg)'",
            "F = m a = 2 × 3 = 6 N",
            "E = E^0 - (RT/nF) ln Q",
            "σ = sqrt(Σ(x-μ)²/N)");
    private static final String[] PIECES = {
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        "|",
        "^",
        "_",
        "+",
        "-",
        "*",
        "/",
        "=",
        "<",
        "≤",
        "→",
        "!",
        "'",
        ",",
        ";",
        "&",
        "\\",
        "\\frac",
        "\\sqrt",
        "\\left(",
        "\\right)",
        "\\int",
        "\\sum",
        "∫",
        "∑",
        "∩",
        "∪",
        "E[",
        "P(",
        "Var(",
        "^T",
        "^0",
        "†",
        "Σ(",
        "det ",
        "∇",
        "∂",
        "√",
        "x",
        "y",
        "d",
        "e",
        "i",
        "sin",
        "ln",
        "12",
        "0",
        ".5",
        "1e9",
        "9^9^9",
        "²",
        "₁",
        "½",
        "π",
        "φ",
        "\\vec",
        "\\dot",
        "\\begin{cases}",
        "\\end{cases}",
        "lim",
        " km",
        "°",
        "\n",
        " ",
        "H2",
        "->",
        "𝑥",
        "\uD83D",
        "\u0000",
        "gamma(",
        "Derivative(",
        "Integral(",
        "besselj(",
        "~",
        "%",
        "→"
    };

    private final RandomGenerator random;

    FuzzInput(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> expression(1 + random.nextInt(5)) + " = " + expression(1 + random.nextInt(5));
            case 2, 3, 4, 5 -> mutated(SEEDS.get(random.nextInt(SEEDS.size())));
            case 6, 7 -> noise(1 + random.nextInt(30));
            case 8 -> deep();
            default -> random.nextInt(8) == 0 ? noise(MAX_LENGTH) : noise(100);
        };
    }

    private String expression(int depth) {
        if (depth == 0) {
            return List.of("x", "y", "a_1", "t", "2", "3.5", "π", "e", "\\alpha")
                    .get(random.nextInt(9));
        }
        String a = expression(depth - 1);
        String b = expression(depth - 1 - random.nextInt(depth));
        return switch (random.nextInt(9)) {
            case 0 -> a + " + " + b;
            case 1 -> a + " - " + b;
            case 2 -> "(" + a + ")(" + b + ")";
            case 3 -> "(" + a + ")/(" + b + ")";
            case 4 -> "(" + a + ")^" + (random.nextInt(40) - 5);
            case 5 -> "sin(" + a + ")";
            case 6 -> "sqrt(" + a + ") * exp(" + b + ")";
            case 7 -> "log(" + a + ")^(" + b + ")";
            default -> "-" + a;
        };
    }

    private String mutated(String seed) {
        StringBuilder text = new StringBuilder(seed);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, piece());
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
                case 2 -> text.append(random.nextBoolean() ? " = " : " + ").append(seed);
                default -> text.insert(at, text.substring(at));
            }
        }
        return cut(text);
    }

    private String noise(int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces && text.length() < MAX_LENGTH; i++) {
            text.append(random.nextInt(20) == 0 ? Character.toString(random.nextInt(0x3000)) : piece());
        }
        return cut(text);
    }

    private String deep() {
        String open = List.of("(", "{", "sin(", "x^", "-", "\\sqrt{", "|", "1/", "[", "\\left(", "f(", "((x+1)^9+")
                .get(random.nextInt(12));
        return cut(new StringBuilder(open.repeat(1 + random.nextInt(1_500))).append("x"));
    }

    private String piece() {
        return PIECES[random.nextInt(PIECES.length)];
    }

    private static String cut(StringBuilder text) {
        return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text.toString();
    }
}
