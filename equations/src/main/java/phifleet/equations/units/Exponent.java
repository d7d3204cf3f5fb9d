package phifleet.equations.units;

/** A small exact fraction in an exponent; the denominator is positive. */
record Exponent(int numerator, int denominator) {
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    Exponent {
        if (denominator <= 0) {
            throw new IllegalArgumentException("denominator " + denominator + " must be positive");
        }
        int divisor = gcd(Math.absExact(numerator), denominator);
        numerator /= divisor;
        denominator /= divisor;
    }

    /** Reads {@code 2}, {@code -1}, {@code 3/2} or {@code 0.5}. */
    static Exponent parse(String text) {
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

    /** As it is printed after a unit: nothing for 1, {@code ⁻²}, {@code ^(3/2)}. */
    String superscript() {
        if (denominator != 1) {
            return "^(" + numerator + "/" + denominator + ")";
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

    private static int gcd(int a, int b) {
        return b == 0 ? Math.max(a, 1) : gcd(b, a % b);
    }
}
