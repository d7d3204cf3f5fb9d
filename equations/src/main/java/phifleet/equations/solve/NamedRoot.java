package phifleet.equations.solve;

import java.util.List;
import java.util.Optional;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Spelling;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.exact.Domain;
import phifleet.equations.exact.Proof;
import phifleet.equations.exact.Prover;

/**
 * A number that people have a name for, near to one that was calculated: a fraction, or a fraction of π. It is a root where the
 * equation is proved with it put in.
 *
 * @param text ASCII, such as {@code 5*pi/6}
 */
record NamedRoot(double value, String text) {
    private static final int MAX_DENOMINATOR = 24;
    private static final int MAX_NUMERATOR = 100_000;

    /** One that is at most {@code off} from {@code value}. */
    static Optional<NamedRoot> near(double value, double off, Expr left, Expr right, Symbol variable, Budget budget) {
        return fraction(value, off)
                .filter(named -> solves(named.number(), left, right, variable, budget))
                .or(() -> fraction(value / Math.PI, off)
                        .filter(part -> part.value() != 0)
                        .map(part -> new Named(ofPi(part.number()), part.value() * Math.PI))
                        .filter(named -> solves(named.number(), left, right, variable, budget)))
                .map(named -> new NamedRoot(named.value(), Spelling.of(named.number())));
    }

    private record Named(Expr number, double value) {}

    private static boolean solves(Expr number, Expr left, Expr right, Symbol variable, Budget budget) {
        Expr a = Trees.replace(left, variable, number);
        Expr b = Trees.replace(right, variable, number);
        return Prover.prove(a, b, Domain.complex(), budget) instanceof Proof.Proved;
    }

    /** The fraction of least denominator that is near. */
    private static Optional<Named> fraction(double value, double off) {
        for (int below = 1; below <= MAX_DENOMINATOR && Math.abs(value) < MAX_NUMERATOR; below++) {
            double above = Math.rint(value * below);
            if (Math.abs(value - above / below) < off) {
                Expr size = below == 1
                        ? Num.of((long) Math.abs(above))
                        : new Expr.Quotient(Num.of((long) Math.abs(above)), Num.of(below));
                return Optional.of(new Named(above < 0 ? new Expr.Negation(size) : size, above / below));
            }
        }
        return Optional.empty();
    }

    private static Expr ofPi(Expr part) {
        return switch (part) {
            case Expr.Negation(Expr size) -> new Expr.Negation(ofPi(size));
            case Expr.Quotient(Expr above, Expr below) -> new Expr.Quotient(ofPi(above), below);
            case Num one when one.is(1) -> Expr.Constant.PI;
            default -> new Expr.Product(List.of(part, Expr.Constant.PI));
        };
    }
}
