package phifleet.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;

class WidenedModelTest {
    private final List<String> closed = new ArrayList<>();

    private Model<Integer, Integer> times(int factor, String name) {
        return new Model<>() {
            @Override
            public List<Integer> run(List<Integer> batch) throws ModelException {
                if (batch.contains(-1)) {
                    throw new ModelException("minus one");
                }
                return batch.stream().map(input -> input * factor).toList();
            }

            @Override
            public void close() {
                closed.add(name);
            }
        };
    }

    @Test
    void of_bothAnswerAlike_aloneIsTheSecond() throws Exception {
        Model<Integer, Integer> second = times(2, "second");
        Model<Integer, Integer> model =
                WidenedModel.of("m", times(2, "first"), () -> second, List.of(List.of(1), List.of(2, 3)));
        assertThat(model.alone()).isSameAs(second);
        assertThat(model.run(List.of(4))).containsExactly(8);
        model.close();
        assertThat(closed).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void of_answersDiffer_isTheFirst() {
        Model<Integer, Integer> first = times(2, "first");
        Model<Integer, Integer> model = WidenedModel.of("m", first, () -> times(3, "second"), List.of(List.of(1)));
        assertThat(model).isSameAs(first);
        assertThat(model.alone()).isSameAs(first);
        assertThat(closed).containsExactly("second");
    }

    @Test
    void of_trialFails_isTheFirst() {
        Model<Integer, Integer> first = times(2, "first");
        assertThat(WidenedModel.of("m", first, () -> times(2, "second"), List.of(List.of(-1))))
                .isSameAs(first);
        assertThat(closed).containsExactly("second");
    }

    @Test
    void of_secondCannotBeLoaded_isTheFirst() {
        Model<Integer, Integer> first = times(2, "first");
        assertThat(WidenedModel.of(
                        "m",
                        first,
                        () -> {
                            throw new ModelException("too large");
                        },
                        List.of()))
                .isSameAs(first);
        assertThat(closed).isEmpty();
    }

    @Test
    void aloneThreads_memoryDecides_unlessSet() {
        EngineSettings.AloneThreads found = new EngineSettings.AloneThreads(8, false);
        assertThat(found.areFor(1 << 20, 16 << 20)).isTrue();
        assertThat(found.areFor((1 << 20) + 1, 16 << 20)).isFalse();
        assertThat(new EngineSettings.AloneThreads(8, true).areFor((1 << 20) + 1, 16 << 20))
                .isTrue();
        assertThatThrownBy(() -> new EngineSettings.AloneThreads(0, true)).isInstanceOf(IllegalArgumentException.class);
    }
}
