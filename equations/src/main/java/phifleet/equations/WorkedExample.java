package phifleet.equations;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ValidationReport.CounterexamplePoint;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Spelling;
import phifleet.equations.ast.Statement.Operator;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.claim.Claims;
import phifleet.equations.identity.ClosedValue;
import phifleet.equations.number.Quantities;

/**
 * A worked example with numbers without units in its middle, {@code F = m a = 2 × 3 = 6 N}. They are taken in the units in which they give
 * the result: those of the SI, or the one that the result is written in. A result that they do not give refutes it.
 *
 * @param rest the sides that say more than numbers do; null where that is but one
 * @param decided the verdict, where the numbers decide; else null
 */
record WorkedExample(@Nullable Relation rest, @Nullable Finding decided) {
    /** Two values with 35 digits that differ by less, relatively, count as one. */
    private static final BigDecimal SAME = new BigDecimal("1e-25");
    /** A result that is off by less, relatively, may come from rounding on the way. */
    private static final BigDecimal ROUNDED_ON_THE_WAY = new BigDecimal("0.005");
    /** What {@code ≈} allows where no decimal is written. */
    private static final BigDecimal NEAR = new BigDecimal("0.01");
    /** Significant digits from which on a whole number may be a rounded one. */
    private static final int MANY_DIGITS = 3;
    /** The same of a number with decimals. */
    private static final int FEW_DIGITS = 2;

    /** Empty where it is no such example. */
    static Optional<WorkedExample> of(Relation relation, Inquiry inquiry) {
        List<Expr> sides = relation.sides();
        int first = 0;
        while (first < sides.size() && !Trees.symbols(sides.get(first)).isEmpty()) {
            first++;
        }
        List<Expr> numbers = sides.subList(first, sides.size());
        boolean shaped = first > 0
                && numbers.size() > 1
                && relation.operators().stream().allMatch(o -> o == Operator.EQUAL || o == Operator.APPROXIMATE)
                && numbers.stream().allMatch(side -> Trees.symbols(side).isEmpty())
                && numbers.stream().anyMatch(side -> !hasUnit(side) && !(side instanceof Expr.Num));
        if (!shaped) {
            return Optional.empty();
        }
        List<Expr> told = new ArrayList<>(sides.subList(0, first));
        numbers.stream().filter(WorkedExample::hasUnit).forEach(told::add);
        if (told.size() == 1 && first == 1 && Claims.isPlainMathematics(relation)) {
            return Optional.empty();
        }
        for (int i = 1; i < numbers.size(); i++) {
            boolean bare = !hasUnit(numbers.get(i - 1)) || !hasUnit(numbers.get(i));
            boolean near = relation.operators().get(first + i - 1) == Operator.APPROXIMATE;
            Optional<Finding> wrong =
                    bare ? wrong(numbers.get(i - 1), numbers.get(i), near, inquiry) : Optional.empty();
            if (wrong.isPresent()) {
                return Optional.of(new WorkedExample(null, wrong.get()));
            }
        }
        inquiry.warn(
                "bare_numbers",
                "Numbers without units beside such with units or beside quantities are taken in the units of the result.");
        inquiry.found("numeric", "the numbers give the result");
        return Optional.of(told.size() > 1 ? new WorkedExample(chain(told), null) : value(told.getFirst(), numbers));
    }

    /** Whether numbers with units give each other to the digits that are written: {@code (6.63e-34 J s)(5e14 Hz) = 3.3e-19 J}. */
    static boolean isRounded(List<Expr> numbers, Inquiry inquiry) {
        for (int i = 1; i < numbers.size(); i++) {
            Optional<BigDecimal> a = value(numbers.get(i - 1), inquiry);
            Optional<BigDecimal> b = value(numbers.get(i), inquiry);
            if (a.isEmpty() || b.isEmpty() || !agree(a.get(), numbers.get(i - 1), b.get(), numbers.get(i), false)) {
                return false;
            }
        }
        return true;
    }

    private static Relation chain(List<Expr> sides) {
        return new Relation(
                sides, sides.stream().skip(1).map(_ -> Operator.EQUAL).toList());
    }

    private static WorkedExample value(Expr symbol, List<Expr> numbers) {
        String shown = Spelling.of(Shape.of(numbers.getLast()));
        return new WorkedExample(
                null,
                Finding.of(
                        Verdict.CONDITIONAL, "isolated", Explanations.isolated(Spelling.of(Shape.of(symbol)), shown)));
    }

    private static boolean hasUnit(Expr side) {
        return Trees.any(side, node -> node instanceof Expr.Quantity);
    }

    /** A refutation, where two sides with a bare number among them are unequal in every unit that could be meant. */
    private static Optional<Finding> wrong(Expr left, Expr right, boolean near, Inquiry inquiry) {
        Optional<BigDecimal> a = value(left, inquiry);
        Optional<BigDecimal> b = value(right, inquiry);
        if (a.isEmpty() || b.isEmpty() || agree(a.get(), left, b.get(), right, near)) {
            return Optional.empty();
        }
        BigDecimal writtenLeft = written(left, a.get());
        BigDecimal writtenRight = written(right, b.get());
        if (agree(writtenLeft, left, writtenRight, right, near)) {
            return Optional.empty();
        }
        BigDecimal difference = writtenLeft.subtract(writtenRight);
        boolean close = within(difference, writtenRight, ROUNDED_ON_THE_WAY);
        inquiry.found("numeric", "the numbers give " + shown(writtenLeft) + ", not " + shown(writtenRight));
        return Optional.of(Finding.of(
                        Verdict.NOT_IDENTITY,
                        close ? QuantityStage.ROUNDED : "digits",
                        "The numbers give " + shown(writtenLeft) + ", not " + shown(writtenRight)
                                + (close ? "; they may have been rounded on the way." : "."))
                .with(new CounterexamplePoint(
                        new TreeMap<>(), shown(writtenLeft), shown(writtenRight), shown(difference), 15)));
    }

    /** With units in those of the SI. */
    private static Optional<BigDecimal> value(Expr side, Inquiry inquiry) {
        Expr plain = Quantities.inBaseUnits(Relation.equal(side, side)).left();
        return ClosedValue.of(plain, inquiry.budget).filter(ClosedValue::isReal).map(ClosedValue::re);
    }

    /** The number as it is written, whatever its unit. */
    private static BigDecimal written(Expr side, BigDecimal value) {
        return side instanceof Expr.Quantity(Expr.Num number, String _) ? number.value() : value;
    }

    private static boolean agree(BigDecimal a, Expr left, BigDecimal b, Expr right, boolean near) {
        BigDecimal difference = a.subtract(b);
        return within(difference, b, near ? NEAR : SAME)
                || isRounding(difference, a, left)
                || isRounding(difference, b, right);
    }

    private static boolean within(BigDecimal difference, BigDecimal of, BigDecimal relative) {
        return difference.abs().compareTo(of.abs().multiply(relative)) <= 0;
    }

    /** Whether the difference is at most half a unit of the last digit of a number that is written so. */
    private static boolean isRounding(BigDecimal difference, BigDecimal value, Expr side) {
        Expr.Num number = switch (side) {
            case Expr.Num plain -> plain;
            case Expr.Quantity(Expr.Num of, String _) -> of;
            default -> null;
        };
        if (number == null || number.value().signum() == 0) {
            return false;
        }
        BigDecimal digits =
                number.value().scale() > 0 ? number.value() : number.value().stripTrailingZeros();
        if (digits.precision() < (digits.scale() > 0 ? FEW_DIGITS : MANY_DIGITS)) {
            return false;
        }
        BigDecimal unit = value.divide(number.value(), MathContext.DECIMAL64).abs();
        return difference.abs().multiply(BigDecimal.TWO).compareTo(digits.ulp().multiply(unit)) <= 0;
    }

    private static String shown(BigDecimal value) {
        return value.round(new MathContext(15)).stripTrailingZeros().toPlainString();
    }
}
