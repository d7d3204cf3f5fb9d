package phifleet.equations.dimension;

import java.util.List;
import phifleet.equations.ast.Statement;
import phifleet.equations.budget.Budget;

/**
 * Checks statements for dimensional consistency. Thread-safe and without state; a budget bounds each check, and a check
 * never throws for what a statement says.
 */
public final class DimensionChecker {
    /** Checks a statement, with the units that a request gives and, without any, with the usual meanings of letters. */
    public DimensionOutcome check(Statement statement, Declarations declarations, Budget budget) {
        try {
            return new Check(statement, declarations, budget).outcome();
        } catch (Budget.Spent spent) {
            return new DimensionOutcome.Undetermined("the step or time budget was spent", List.of());
        } catch (ArithmeticException outOfRange) {
            return new DimensionOutcome.Undetermined("an exponent is out of range", List.of());
        }
    }
}
