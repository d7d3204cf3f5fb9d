package phifleet.worker.residence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import phifleet.inference.Catalogue;
import phifleet.worker.http.state.StateSource;
import phifleet.worker.http.state.WorkerState;

class GenerationsTest {
    private final Generations states = new Generations(named("0"));

    private static WorkerState named(String name) {
        return new WorkerState(WorkerState.Phase.READY, name, Catalogue.empty());
    }

    private CompletableFuture<Void> next(String name) {
        return states.update(before -> named(name));
    }

    @Test
    void update_nobodyHolds_isQuietAtOnce() {
        assertThat(next("1")).isCompleted();
        assertThat(states.get().reason()).isEqualTo("1");
    }

    @Test
    void update_heldBefore_isQuietWithTheLastHold() {
        StateSource.Hold first = states.hold();
        StateSource.Hold second = states.hold();
        CompletableFuture<Void> quiet = next("1");
        first.close();
        assertThat(quiet).isNotDone();
        second.close();
        assertThat(quiet).isCompleted();
    }

    @Test
    void update_heldAfterwards_doesNotWait() {
        CompletableFuture<Void> quiet = next("1");
        StateSource.Hold later = states.hold();
        assertThat(quiet).isCompleted();
        later.close();
        assertThat(next("2")).isCompleted();
    }

    /** Whoever came before the first change may have looked at what the second took away. */
    @Test
    void update_heldBeforeAnEarlierOne_waitsToo() {
        StateSource.Hold old = states.hold();
        CompletableFuture<Void> first = next("1");
        CompletableFuture<Void> second = next("2");
        assertThat(second).isNotDone();
        old.close();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    /** What is in the state is alive for all who took hold before they looked. */
    @Test
    void hold_whileOthersChange_neverSeesWhatIsClosed() throws Exception {
        AtomicInteger dead = new AtomicInteger(-1);
        AtomicBoolean ended = new AtomicBoolean();
        List<Future<Integer>> readers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (int i = 0; i < 3; i++) {
                readers.add(threads.submit(() -> {
                    int wrong = 0;
                    while (!ended.get()) {
                        StateSource.Hold hold = states.hold();
                        int seen = Integer.parseInt(states.get().reason());
                        Thread.onSpinWait();
                        if (dead.get() >= seen) {
                            wrong++;
                        }
                        hold.close();
                    }
                    return wrong;
                }));
            }
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 1; i <= 20_000; i++) {
                int before = i - 1;
                all.add(next(Integer.toString(i)).thenRun(() -> dead.accumulateAndGet(before, Math::max)));
            }
            ended.set(true);
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
            assertThat(dead).hasValue(19_999);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isZero();
            }
        }
    }
}
