package phifleet.equations.identity;

import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Values of symbols, as short binary fractions, so that every arithmetic and every reader sees exactly the same numbers. */
record SamplePoint(List<Value> values) {
    SamplePoint {
        values = List.copyOf(values);
    }

    /** One exact complex number. */
    record Value(double re, double im) {
        static Value real(double re) {
            return new Value(re, 0);
        }

        Ball ball() {
            return new Ball(re, im, 0);
        }

        <T> T in(Arithmetic<T> field) {
            T real = field.number(new BigDecimal(re));
            return im == 0
                    ? real
                    : field.plus(real, field.times(field.imaginaryUnit(), field.number(new BigDecimal(im))));
        }

        /** Such as {@code 0.75} or {@code 1.5-0.25i}. */
        @Override
        public String toString() {
            String real = plain(re);
            if (im == 0) {
                return real;
            }
            return (re == 0 ? "" : real + (im > 0 ? "+" : "")) + plain(im) + "i";
        }

        private static String plain(double value) {
            BigDecimal decimal = new BigDecimal(value).stripTrailingZeros();
            return decimal.toPlainString();
        }
    }

    List<Ball> balls() {
        return values.stream().map(Value::ball).toList();
    }

    <T> List<T> in(Arithmetic<T> field) {
        return values.stream().map(value -> value.in(field)).toList();
    }

    SortedMap<String, String> named(List<String> names) {
        SortedMap<String, String> named = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            named.put(names.get(i), values.get(i).toString());
        }
        return named;
    }
}
