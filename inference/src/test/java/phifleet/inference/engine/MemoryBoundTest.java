package phifleet.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;

class MemoryBoundTest {
    private final List<Integer> sizes = new ArrayList<>();

    @Test
    void run_batchTooLarge_isHalvedAndTheBoundRemembered() throws Exception {
        Model<Integer, Integer> model = new MemoryBound<>("m", new Card(10), Integer::intValue);
        List<Integer> batch = Collections.nCopies(8, 5);
        assertThat(model.run(batch)).isEqualTo(batch);
        assertThat(sizes).containsExactly(8, 4, 2, 2, 2, 2);
        sizes.clear();
        // Nothing fails any more.
        assertThat(model.run(List.of(1, 2, 3, 4, 5, 6))).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(sizes).allMatch(size -> size <= 4);
        sizes.clear();
        assertThat(model.run(List.of(3, 3, 3))).hasSize(3);
        assertThat(sizes).containsExactly(3);
    }

    @Test
    void run_oneInputTooLarge_failsAlone() {
        Model<Integer, Integer> model = new MemoryBound<>("m", new Card(10), Integer::intValue);
        assertThatThrownBy(() -> model.run(List.of(11)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("Failed to allocate memory");
    }

    @Test
    void run_anotherFailure_isNotTriedAgain() {
        Model<Integer, Integer> model = new MemoryBound<>("m", new Card(10), Integer::intValue);
        assertThatThrownBy(() -> model.run(List.of(1, -1))).hasMessage("an id is outside of the vocabulary");
        assertThat(sizes).containsExactly(2);
    }

    /** Has room for so much work at once. */
    private final class Card implements Model<Integer, Integer> {
        private final int room;

        Card(int room) {
            this.room = room;
        }

        @Override
        public List<Integer> run(List<Integer> batch) throws ModelException {
            sizes.add(batch.size());
            if (batch.contains(-1)) {
                throw new ModelException("an id is outside of the vocabulary");
            }
            int longest = Collections.max(batch);
            if (longest * batch.size() > room) {
                throw new ModelException("BFCArena: Failed to allocate memory for requested buffer");
            }
            return batch;
        }

        @Override
        public void close() {}
    }
}
