package phifleet.equations.solve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.enclosure.RealZeros;
import phifleet.equations.solve.SolveOutcome.Values.Certainty;

/** The real solutions of an equation in one symbol that is no polynomial: proved between bounds where there are rules, else seen. */
final class RealSolutions {
    /** Solutions that are listed. */
    private static final int MAX_VALUES = 12;
    /** How near a number with a name is to a root. */
    private static final double NEAR = 1e-7;
    /** How near to each other values are that touch at one point: rounding hides what is nearer. */
    private static final double TOUCHING = 4e-6;
    /** Parts that are wider are not looked at for a touch. */
    private static final double SMALL = 1e-3;
    /** Sides that are nearer touch, for all that can be told. */
    private static final double SAME = 1e-10;
    /** A turn is looked at with a little more at both ends. */
    private static final double TURN_MARGIN = 1e-3;
    /** Steps for one search. */
    private static final long STEPS = 400_000;

    private final Expr left;
    private final Expr right;
    private final Symbol variable;
    private final Allowed allowed;
    private final Budget budget;
    private final Optional<RealRoots> sides;

    private RealSolutions(Expr left, Expr right, Symbol variable, Allowed allowed, Budget budget) {
        this.left = left;
        this.right = right;
        this.variable = variable;
        this.allowed = allowed.real();
        this.budget = budget;
        this.sides = RealRoots.of(left, right, variable.plain().name(), budget);
    }

    static SolveOutcome of(Expr left, Expr right, String name, Allowed allowed, Budget budget) {
        Symbol variable = Trees.symbol(Relation.equal(left, right), name);
        if (allowed.isNone()) {
            return new SolveOutcome.NoSolution("there is no " + allowed.text(name));
        }
        try {
            return new RealSolutions(left, right, variable, allowed, budget.part(STEPS)).proved();
        } catch (Budget.Spent e) {
            return new SolveOutcome.Undetermined("the time or work allowed is spent");
        }
    }

    private SolveOutcome proved() {
        Expr function =
                isZero(right) ? left : isZero(left) ? right : new Expr.Sum(List.of(left, new Expr.Negation(right)));
        boolean turns = allowed.isUnbounded() && Periodic.byTurns(function, variable);
        RealZeros zeros = turns
                ? RealZeros.of(function, variable, -TURN_MARGIN, 2 * Math.PI + TURN_MARGIN, budget)
                : RealZeros.of(function, variable, allowed.from(), allowed.to(), budget);
        List<NamedRoot> roots = new ArrayList<>();
        zeros.zeros()
                .forEach(zero -> roots.add(named(zero.middle(), NEAR)
                        .orElseGet(() -> new NamedRoot(zero.middle(), Decimals.text(zero.middle())))));
        boolean complete = zeros.complete();
        // Where there is a value at single points only, what lies between them is not known.
        boolean sure = complete || !zeros.zeros().isEmpty();
        for (RealZeros.Part run : undecided(zeros.open())) {
            // Where the sides touch without crossing there is no change of sign.
            if (roots.stream()
                    .noneMatch(root -> root.value() > run.low() - TOUCHING && root.value() < run.high() + TOUCHING)) {
                Optional<NamedRoot> root = touching(run);
                sure &= root.isEmpty() || !root.get().text().equals(decimals(run));
                root.ifPresent(roots::add);
            }
        }
        roots.removeIf(root -> !allowed.holds(root.value()));
        if (turns) {
            roots.removeIf(root -> root.value() < -TURN_MARGIN / 2 || root.value() > 2 * Math.PI - TURN_MARGIN / 2);
        }
        if (allowed.kind().isInteger()) {
            roots.removeIf(root -> !isWhole(root));
        }
        if (roots.isEmpty()) {
            return complete
                    ? new SolveOutcome.NoSolution(
                            "no " + allowed.text(variable.plain().name()) + " makes the sides equal")
                    : seen();
        }
        return values(roots, turns ? everyTurn(roots, complete) : others(complete), sure);
    }

    private String others(boolean complete) {
        return complete ? "no other " + allowed.text(variable.plain().name()) + " does" : "there may be more solutions";
    }

    private static String everyTurn(List<NamedRoot> roots, boolean complete) {
        return "so do the values that differ from " + (roots.size() == 1 ? "it" : "these")
                + " by whole multiples of 2*pi" + (complete ? ", and no other real number" : "");
    }

    private static boolean isZero(Expr side) {
        return side instanceof Expr.Num number && number.is(0);
    }

    private static boolean isWhole(NamedRoot root) {
        return root.text().matches("-?\\d+") && Math.abs(root.value() - Math.rint(root.value())) < 1e-6;
    }

    private Optional<NamedRoot> named(double value, double off) {
        return NamedRoot.near(value, off, left, right, variable, budget);
    }

    /**
     * Small parts of which nothing was proved, those that adjoin as one: about a zero of high order the sides are nearer than rounding tells,
     * and it is one zero all the same.
     */
    private static List<RealZeros.Part> undecided(List<RealZeros.Part> open) {
        List<RealZeros.Part> runs = new ArrayList<>();
        open.stream()
                .filter(part -> part.high() - part.low() < SMALL)
                .sorted(Comparator.comparingDouble(RealZeros.Part::low))
                .forEach(part -> {
                    if (!runs.isEmpty() && part.low() - runs.getLast().high() < TOUCHING) {
                        RealZeros.Part before = runs.removeLast();
                        runs.add(new RealZeros.Part(before.low(), Math.max(before.high(), part.high())));
                    } else {
                        runs.add(part);
                    }
                });
        return runs;
    }

    private static double middle(RealZeros.Part part) {
        return part.low() / 2 + part.high() / 2;
    }

    private static String decimals(RealZeros.Part run) {
        return Decimals.text(middle(run), (run.high() - run.low()) / 2);
    }

    private Optional<NamedRoot> touching(RealZeros.Part run) {
        double middle = middle(run);
        double off = Math.max(TOUCHING * (1 + Math.abs(middle)), (run.high() - run.low()) / 2);
        Optional<NamedRoot> named = named(middle, off).filter(root -> touch(root.value()));
        return named.isPresent() || !touch(middle) ? named : Optional.of(new NamedRoot(middle, decimals(run)));
    }

    /** Whether the sides have one value, for all that can be told. */
    private boolean touch(double at) {
        double whole = Math.rint(at);
        double point = Math.abs(at - whole) < TOUCHING ? whole : at;
        return sides.isPresent() && Math.abs(sides.get().difference(point)) < SAME;
    }

    private SolveOutcome values(List<NamedRoot> roots, String others, boolean sure) {
        List<NamedRoot> nearest = roots.stream()
                .sorted(Comparator.comparingDouble(root -> Math.abs(root.value())))
                .limit(MAX_VALUES)
                .sorted(Comparator.comparingDouble(NamedRoot::value))
                .toList();
        double residual = nearest.stream()
                .mapToDouble(root -> residual(root.value()))
                .max()
                .orElse(0);
        return new SolveOutcome.Values(
                variable.plain().name(),
                nearest.stream().map(NamedRoot::text).toList(),
                sure ? Certainty.PROVED : Certainty.SEEN,
                false,
                residual,
                nearest.size() == roots.size() ? others : "there are more solutions",
                true);
    }

    /** 0 where it cannot be calculated. */
    private double residual(double at) {
        double residual = sides.isPresent() ? sides.get().residual(at) : 0;
        return Double.isFinite(residual) ? residual : 0;
    }

    /** Where nothing was proved: what looks like solutions. */
    private SolveOutcome seen() {
        List<RealRoots.Found> found = sides.map(RealRoots::search).orElse(List.of()).stream()
                .filter(root -> allowed.holds(root.x()) && !allowed.kind().isInteger())
                .sorted(Comparator.comparingDouble(root -> Math.abs(root.x())))
                .limit(MAX_VALUES)
                .sorted(Comparator.comparingDouble(RealRoots.Found::x))
                .toList();
        if (found.isEmpty()) {
            return new SolveOutcome.Undetermined("no real solution was seen");
        }
        return new SolveOutcome.Values(
                variable.plain().name(),
                found.stream().map(root -> Decimals.text(root.x())).toList(),
                Certainty.SEEN,
                false,
                found.stream().mapToDouble(RealRoots.Found::residual).max().orElse(0),
                "there may be more solutions",
                true);
    }
}
