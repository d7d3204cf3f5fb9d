package phifleet.inference.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.inference.engine.LoadedModel;
import phifleet.inference.model.Device;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Padding;
import phifleet.inference.model.Precision;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

class EqualLengthsTest {
    private static final ModelSpec SPEC = EmbeddedModel.ALL_MINILM_L6_V2.spec();

    /** Gives a text's first id and its length, and a share of how much longer the longest of its batch is. */
    private static final class Leaky implements Model<TokenSequence, Vector> {
        private final float leak;
        private final List<Integer> batches = new ArrayList<>();
        private boolean settled;
        private boolean closed;

        Leaky(float leak) {
            this.leak = leak;
        }

        @Override
        public List<Vector> run(List<TokenSequence> batch) {
            batches.add(batch.size());
            int longest = batch.stream().mapToInt(TokenSequence::length).max().orElseThrow();
            return batch.stream()
                    .map(text ->
                            new Vector(new float[] {1 + text.id(0), text.length(), leak * (longest - text.length())}))
                    .toList();
        }

        @Override
        public void settle() {
            settled = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static LoadedModel where(Leaky model, Precision precision, Padding padding) {
        return EqualLengths.where(
                SPEC, new LoadedModel(model, "fake", "1", Device.CPU, precision, true, padding, "key"));
    }

    @Test
    void run_whatLeaks_isRunWithItsLikeAlone() throws ModelException {
        Leaky leaky = new Leaky(1);
        Model<TokenSequence, Vector> model =
                where(leaky, Precision.FP32, Padding.EVERYWHERE).model();
        leaky.batches.clear();
        List<Vector> vectors = model.run(List.of(text(7, 3), text(8, 9), text(9, 3)));
        assertThat(vectors.stream().map(Vector::values))
                .containsExactly(new float[] {8, 3, 0}, new float[] {9, 9, 0}, new float[] {10, 3, 0});
        assertThat(leaky.batches).containsExactly(2, 1);
        model.settle();
        assertThat(leaky.settled).isTrue();
        model.close();
        assertThat(leaky.closed).isTrue();
    }

    @Test
    void where_roundingAlone_leavesTheModelAsItIs() {
        Leaky sound = new Leaky(1e-6f);
        assertThat(where(sound, Precision.FP32, Padding.EVERYWHERE).model()).isSameAs(sound);
        assertThat(sound.batches).containsExactly(1, 2);
    }

    @Test
    void where_nothingIsPadded_orNumbersAreABatchsOwn_isNotTried() {
        Leaky leaky = new Leaky(1);
        assertThat(where(leaky, Precision.FP32, Padding.NOWHERE).model()).isSameAs(leaky);
        assertThat(where(leaky, Precision.INT8, Padding.EVERYWHERE).model()).isSameAs(leaky);
        assertThat(leaky.batches).isEmpty();
    }

    private static TokenSequence text(int first, int tokens) {
        int[] ids = new int[tokens];
        ids[0] = first;
        return new TokenSequence(ids);
    }
}
