package phifleet.benchmark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellsTest {
    @Test
    void run_fourCells_serveWhatOneServes_forLittleMore() {
        Cells.Outcome one = Cells.run(1, 4, 24, 600, 3);
        Cells.Outcome four = Cells.run(4, 4, 24, 600, 3);
        assertThat(one.notServed() + four.notServed()).isZero();
        assertThat((double) four.served()).isBetween(one.served() * 0.97, one.served() * 1.03);
        assertThat(four.workerHours()).isBetween(one.workerHours() * 0.9, one.workerHours() * 1.4);
    }
}
