package phifleet.equations.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import phifleet.equations.ast.Expr;
import phifleet.equations.exact.Rational;

class GridTest {
    private static Grid random(int n, Random random) {
        List<List<Expr>> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            List<Expr> row = new ArrayList<>();
            for (int j = 0; j < n; j++) {
                row.add(Entries.of(Rational.of(random.nextInt(-5, 6))));
            }
            rows.add(row);
        }
        return new Grid(rows);
    }

    @Test
    void inverse_timesTheMatrix_isTheIdentity() {
        System.out.println("inverses, seed 3");
        Random random = new Random(3);
        int inverted = 0;
        for (int trial = 0; trial < 60; trial++) {
            Grid matrix = random(1 + random.nextInt(6), random);
            if (!matrix.determinant().equals(Entries.ZERO)) {
                inverted++;
                assertThat(matrix.times(matrix.inverse())).isEqualTo(Grid.identity(matrix.height()));
            } else {
                assertThatThrownBy(matrix::inverse).isInstanceOf(Grid.Misshapen.class);
            }
        }
        assertThat(inverted).isGreaterThan(40);
    }

    @Test
    void determinant_ofAProduct_isTheProductOfTheDeterminants() {
        Random random = new Random(8);
        for (int n = 1; n <= Grid.MAX; n++) {
            Grid a = random(n, random);
            Grid b = random(n, random);
            assertThat(a.times(b).determinant()).isEqualTo(Entries.times(a.determinant(), b.determinant()));
            assertThat(a.transposed().determinant()).isEqualTo(a.determinant());
        }
    }

    @Test
    void sizesThatDoNotFit_haveNoValue() {
        Grid row = new Grid(List.of(List.of(Entries.ONE, Entries.ONE)));
        assertThatThrownBy(() -> row.times(row)).isInstanceOf(Grid.Unfit.class);
        assertThatThrownBy(() -> Grid.identity(2).times(Grid.identity(3))).isInstanceOf(Grid.Misshapen.class);
        assertThatThrownBy(row::trace).isInstanceOf(Grid.Misshapen.class);
        assertThatThrownBy(() -> row.cross(row)).isInstanceOf(Grid.Misshapen.class);
        assertThat(row.dot(row)).isEqualTo(Expr.Num.of(2));
    }

    @Test
    void matrix_largerThanSix_isUnfit() {
        assertThatThrownBy(() -> Grid.identity(7)).isInstanceOf(Grid.Unfit.class);
    }
}
