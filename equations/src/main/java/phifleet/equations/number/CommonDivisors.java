package phifleet.equations.number;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;

/** {@code gcd} and {@code lcm} of whole numbers, as numbers; of letters they stay as they are. */
public final class CommonDivisors {
    /** Digits of a number that is looked at, at most. */
    private static final int MAX_DIGITS = 100;

    private CommonDivisors() {}

    public static Statement evaluated(Statement statement) {
        return Trees.mapSides(statement, side -> Trees.rewrite(side, CommonDivisors::evaluated));
    }

    private static Expr evaluated(Expr node) {
        if (!(node instanceof Expr.Application(Expr.Symbol head, List<Expr> arguments))
                || !(head.name().equals("gcd") || head.name().equals("lcm"))) {
            return node;
        }
        List<BigInteger> numbers = new ArrayList<>();
        for (Expr argument : arguments) {
            if (!(argument instanceof Num number) || !isWhole(number.value())) {
                return node;
            }
            numbers.add(number.value().toBigIntegerExact());
        }
        BigInteger divisor = numbers.stream().reduce(BigInteger.ZERO, BigInteger::gcd);
        if (head.name().equals("gcd")) {
            return Num.of(divisor);
        }
        BigInteger multiple = BigInteger.ONE;
        for (BigInteger number : numbers) {
            multiple = multiple.divide(multiple.gcd(number)).multiply(number);
        }
        return Num.of(multiple);
    }

    private static boolean isWhole(BigDecimal value) {
        return value.signum() > 0 && value.scale() <= 0 && value.precision() - value.scale() <= MAX_DIGITS;
    }
}
