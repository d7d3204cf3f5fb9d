package phifleet.equations.units;

/**
 * A small exact fraction in an exponent, in lowest terms with a positive denominator. Operations throw
 * {@link ArithmeticException} where a part would pass the range of an {@code int}.
 */
public record Exponent(int numerator, int denominator) {
    public static final Exponent ZERO = new Exponent(0, 1);
    public static final Exponent ONE = new Exponent(1, 1);

    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    public Exponent {
        if (denominator == 0) {
            throw new ArithmeticException("division by zero in an exponent");
        }
        if (denominator < 0) {
            numerator = Math.negateExact(numerator);
            denominator = Math.negateExact(denominator);
        }
        if (denominator != 1) {
            int divisor = gcd(Math.absExact(numerator), denominator);
            numerator /= divisor;
            denominator /= divisor;
        }
    }

    public static Exponent of(int value) {
        return value == 1 ? ONE : new Exponent(value, 1);
    }

    /**
     * Reads {@code 2}, {@code -1}, {@code 3/2} or {@code 0.5}.
     *
     * @throws IllegalArgumentException where the text is no rational number of int parts
     */
    public static Exponent parse(String text) {
        try {
            int slash = text.indexOf('/');
            if (slash >= 0) {
                return new Exponent(
                        Integer.parseInt(text.substring(0, slash).strip()),
                        Integer.parseInt(text.substring(slash + 1).strip()));
            }
            int point = text.indexOf('.');
            if (point < 0) {
                return new Exponent(Integer.parseInt(text.strip()), 1);
            }
            String digits = text.strip();
            int decimals = digits.length() - digits.indexOf('.') - 1;
            if (decimals > 6) {
                throw new NumberFormatException("more than 6 decimals");
            }
            int power = 1;
            for (int i = 0; i < decimals; i++) {
                power *= 10;
            }
            return new Exponent(Integer.parseInt(digits.replace(".", "")), power);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("exponent '" + text + "' is no small rational number", e);
        }
    }

    public Exponent plus(Exponent other) {
        if (denominator == 1 && other.denominator == 1) {
            return new Exponent(Math.addExact(numerator, other.numerator), 1);
        }
        return new Exponent(
                Math.addExact(
                        Math.multiplyExact(numerator, other.denominator),
                        Math.multiplyExact(other.numerator, denominator)),
                Math.multiplyExact(denominator, other.denominator));
    }

    public Exponent times(Exponent other) {
        return new Exponent(
                Math.multiplyExact(numerator, other.numerator), Math.multiplyExact(denominator, other.denominator));
    }

    public Exponent over(Exponent other) {
        return new Exponent(
                Math.multiplyExact(numerator, other.denominator), Math.multiplyExact(denominator, other.numerator));
    }

    public Exponent negated() {
        return new Exponent(Math.negateExact(numerator), denominator);
    }

    public boolean isZero() {
        return numerator == 0;
    }

    /** As it is printed after a unit: nothing for 1, {@code ⁻²}, {@code ^(3/2)}. */
    String superscript() {
        if (denominator != 1) {
            return "^(" + this + ")";
        }
        if (numerator == 1) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (char c : Integer.toString(numerator).toCharArray()) {
            text.append(c == '-' ? '⁻' : SUPERSCRIPTS.charAt(c - '0'));
        }
        return text.toString();
    }

    /** As {@code 2} or {@code 3/2}. */
    @Override
    public String toString() {
        return denominator == 1 ? Integer.toString(numerator) : numerator + "/" + denominator;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? Math.max(a, 1) : gcd(b, a % b);
    }
}
