package phifleet.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.ModelException;

class LoopProbeTest {
    @Test
    void loops_gainsOfADisturbedMachine_theMiddleOneCounts() {
        assertThat(LoopProbe.loops(new double[] {1.0, 1.01, 0.3, 0.99, 1.8})).isEqualTo(1);
        assertThat(LoopProbe.loops(new double[] {1.2, 1.3, 0.3, 1.25, 1.1})).isEqualTo(2);
    }

    @Test
    void run_modelFails_isSaid() {
        GatedModel model = new GatedModel();
        model.open(100);
        assertThatThrownBy(() -> LoopProbe.run(model, List.of(-1), System::nanoTime))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("minus one");
    }
}
