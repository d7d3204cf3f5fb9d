package phifleet.equations.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Spelling;

class VariantsTest {
    private static final Expr X = Symbol.of("x");

    @Test
    void of_sumOfFunctions_changesOneThingAtATime() {
        Expr doubled = new Expr.Product(List.of(Expr.Num.of(2), X));
        Expr sum = new Expr.Sum(List.of(Expr.Call.of(Function.SIN, doubled), X));
        assertThat(Variants.of(sum, 40))
                .extracting(Spelling::of)
                .containsExactly("-sin(2*x) + x", "sin(2*x) - x", "cos(2*x) + x", "sin(2 + x) + x");
        assertThat(Variants.of(sum, 3))
                .extracting(Spelling::of)
                .containsExactly("-sin(2*x) + x", "sin(2*x) - x", "cos(2*x) + x");
    }

    /** Each is as long as the sum itself. */
    @Test
    void of_longSums_makesNoMoreThanAreTried() {
        Expr sum = new Expr.Sum(Collections.nCopies(2_000, X));
        assertThat(Variants.of(sum, 40)).hasSize(40);
        assertThat(Variants.of(new Expr.Product(List.of(sum, sum)), 40)).hasSize(40);
        assertThat(Variants.of(sum, 0)).isEmpty();
    }
}
