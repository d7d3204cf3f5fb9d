package phifleet.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;

class WidenedModelTest {
    private final List<String> closed = new CopyOnWriteArrayList<>();

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
    void alone_whenFirstAskedFor_isLookedForBeside() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Model<Integer, Integer> second = times(2, "second");
        AtomicInteger searches = new AtomicInteger();
        Model<Integer, Integer> model = new WidenedModel<>(times(2, "first"), true, () -> {
            searches.incrementAndGet();
            awaitQuietly(asked);
            return Optional.of(second);
        });

        assertThat(model.alone()).isSameAs(model);
        assertThat(model.alone()).isSameAs(model);
        assertThat(model.run(List.of(4))).containsExactly(8);
        asked.countDown();
        while (model.alone().equals(model)) {
            Thread.onSpinWait();
        }
        assertThat(model.alone()).isSameAs(second);
        assertThat(searches).hasValue(1);
        model.close();
        assertThat(closed).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void close_whileItIsLookedFor_closesBothAfterwards() {
        CountDownLatch asked = new CountDownLatch(1);
        Model<Integer, Integer> model = new WidenedModel<>(times(2, "first"), true, () -> {
            awaitQuietly(asked);
            return Optional.of(times(2, "second"));
        });
        model.alone();
        Thread closing = Thread.ofPlatform().start(model::close);
        assertThat(closed).isEmpty();
        asked.countDown();
        awaitEnd(closing);
        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void alone_thereIsNone_isTheModelItself() {
        Model<Integer, Integer> model = new WidenedModel<>(times(2, "first"), true, Optional::empty);
        assertThat(model.alone()).isSameAs(model);
        model.close();
        assertThat(model.alone()).isSameAs(model);
        assertThat(closed).containsExactly("first");
    }

    @Test
    void second_bothAnswerAlike_isThere() {
        Model<Integer, Integer> second = times(2, "second");
        assertThat(WidenedModel.second("m", times(2, "first"), () -> second, List.of(List.of(1), List.of(2, 3))))
                .containsSame(second);
        assertThat(closed).isEmpty();
    }

    @Test
    void second_answersDifferOrFail_isNotThere() {
        Model<Integer, Integer> first = times(2, "first");
        assertThat(WidenedModel.second("m", first, () -> times(3, "third"), List.of(List.of(1))))
                .isEmpty();
        assertThat(WidenedModel.second("m", first, () -> times(2, "second"), List.of(List.of(-1))))
                .isEmpty();
        assertThat(closed).containsExactly("third", "second");
    }

    @Test
    void second_cannotBeLoaded_isNotThere() {
        assertThat(WidenedModel.second(
                        "m",
                        times(2, "first"),
                        () -> {
                            throw new ModelException("too large");
                        },
                        List.of()))
                .isEmpty();
        assertThat(closed).isEmpty();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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

    @Test
    void alone_beforeTheFirstHasTheFormThatItKeeps_isNotLookedFor() throws Exception {
        AtomicInteger searches = new AtomicInteger();
        Model<Integer, Integer> model = new WidenedModel<>(times(2, "first"), false, () -> {
            searches.incrementAndGet();
            return Optional.empty();
        });
        assertThat(model.alone()).isSameAs(model);
        assertThat(searches).hasValue(0);
        model.settle();
        assertThat(model.alone()).isSameAs(model);
        model.close();
        assertThat(searches).hasValue(1);
    }
}
