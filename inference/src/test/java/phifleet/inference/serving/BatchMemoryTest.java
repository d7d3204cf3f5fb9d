package phifleet.inference.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.lane.BatchCost;
import phifleet.inference.lane.BatchProbe;
import phifleet.inference.lane.Examples;
import phifleet.inference.lane.KnownBatches;
import phifleet.inference.model.Device;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Padding;
import phifleet.inference.model.Residency;
import phifleet.inference.model.WorkUnit;

class BatchMemoryTest {
    private static final ModelSpec SPEC = EmbeddedModel.ALL_MINILM_L6_V2.spec();

    private static final KnownBatches GUESS = new KnownBatches(512, new BatchCost(0, 0, Padding.NOWHERE), 0, 1);

    @TempDir
    private Path cache;

    private final AtomicLong clock = new AtomicLong();
    private int runs;
    private IntConsumer during = batches -> {};
    private boolean busy;

    private final Model<Integer, Integer> model = new Model<>() {
        @Override
        public List<Integer> run(List<Integer> batch) {
            runs++;
            during.accept(runs);
            // On a busy machine batches take one, two or three times their time.
            int slower = busy ? 1 + runs % 3 : 1;
            clock.addAndGet(slower
                    * (20_000L
                            + 1000L * batch.stream().mapToInt(Integer::intValue).sum()));
            return batch;
        }

        @Override
        public void close() {}
    };

    private KnownBatches limits(BatchMemory memory) throws ModelException {
        return opening(memory, SPEC).batches();
    }

    private BatchMemory.Opening opening(BatchMemory memory, ModelSpec spec) throws ModelException {
        return memory.opening(
                spec,
                Device.CPU,
                "key",
                Padding.NOWHERE,
                "rows",
                GUESS,
                model,
                tried -> BatchProbe.run(
                        tried, Examples.ofTexts(length -> length), Padding.NOWHERE, 2048, 512, clock::get));
    }

    private KnownBatches atAStart() throws ModelException {
        return limits(new BatchMemory(cache, clock::get));
    }

    @Test
    void limits_textsOnACpu_areTriedByNobody() throws Exception {
        busy = true;
        for (int width : new int[] {384, 1024}) {
            KnownBatches known = new BatchMemory(cache, clock::get)
                    .limits(
                            SPEC,
                            "key",
                            Device.CPU,
                            model,
                            Padding.NOWHERE,
                            width,
                            512,
                            WorkUnit.TOKENS,
                            Examples.ofTexts(length -> length));
            assertThat(known.units()).isEqualTo(512);
            assertThat(known.cost().squared() * width).isBetween(0.16, 0.25);
        }
        assertThat(runs).isZero();
    }

    @Test
    void opening_quietMachine_isProbedOnceAndRemembered() throws Exception {
        KnownBatches first = atAStart();
        int after = runs;
        assertThat(first.isSure()).isTrue();
        assertThat(atAStart()).isEqualTo(first);
        assertThat(runs).isEqualTo(after);
    }

    @Test
    void remembered_whatAnyProbeFound_isSoWhereItIsSure() throws Exception {
        KnownBatches alone = new KnownBatches(0, new BatchCost(0, 0, Padding.NOWHERE), 0, 0);
        KnownBatches unsure = new KnownBatches(8, new BatchCost(0, 0, Padding.NOWHERE), 0, 0.2);
        for (KnownBatches found : List.of(alone, unsure)) {
            BatchMemory.Probe probe = () -> {
                runs++;
                return found;
            };
            runs = 0;
            for (int start = 0; start < 5; start++) {
                assertThat(new BatchMemory(cache, clock::get)
                                .remembered("m", "k" + found.units(), Padding.NOWHERE, "rows", probe))
                        .isEqualTo(found);
            }
            assertThat(runs).isEqualTo(found.isSure() ? 1 : 3);
        }
    }

    @Test
    void opening_busyMachine_isProbedAgainAtLaterStarts_butNotForEver() throws Exception {
        busy = true;
        BatchMemory memory = new BatchMemory(cache, clock::get);
        assertThat(limits(memory).isSure()).isFalse();
        int once = runs;
        limits(memory);
        assertThat(runs).as("once in a process").isEqualTo(once);
        atAStart();
        int twice = runs;
        assertThat(twice).isGreaterThan(once);
        busy = false;
        assertThat(atAStart().isSure()).isTrue();
        int sure = runs;
        atAStart();
        assertThat(runs).isEqualTo(sure);
    }

    @Test
    void opening_folderCannotBeWritten_whatIsThereIsTaken() throws Exception {
        busy = true;
        KnownBatches first = atAStart();
        int once = runs;
        assertThat(first.isSure()).isFalse();
        assertThat(limits(new BatchMemory(cache, clock::get, folder -> false))).isEqualTo(first);
        assertThat(runs).isEqualTo(once);
    }

    @Test
    void opening_machineIsNeverQuiet_atTheFourthStartItIsNotAsked() throws Exception {
        busy = true;
        for (int i = 0; i < 3; i++) {
            atAStart();
        }
        int thrice = runs;
        atAStart();
        assertThat(runs).isEqualTo(thrice);
    }

    @Test
    void opening_whereSomebodyWaits_areAGuess_untilTheProbeThatComesLater() throws Exception {
        ModelSpec waitedFor = SPEC.with(Residency.MAPPED_FIRST);
        BatchMemory.Opening first = opening(new BatchMemory(cache, clock::get), waitedFor);
        assertThat(first.batches().units()).isEqualTo(512);
        assertThat(runs).as("nobody waits for a probe").isZero();
        first.later().run();
        int once = runs;
        assertThat(once).isPositive();
        BatchMemory.Opening next = opening(new BatchMemory(cache, clock::get), waitedFor);
        assertThat(next.batches()).isEqualTo(atAStart()).isNotEqualTo(first.batches());
        next.later().run();
        assertThat(runs).as("it is sure").isEqualTo(once);
    }

    @Test
    void later_ofAModelThatIsClosedMeanwhile_breaksOff_andRemembersNothing() throws Exception {
        BatchMemory memory = new BatchMemory(cache, clock::get);
        ModelSpec waitedFor = SPEC.with(Residency.MAPPED_FIRST);
        BatchMemory.Opening first = opening(memory, waitedFor);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        during = batches -> {
            if (batches == 3) {
                Thread.ofVirtual().start(() -> {
                    first.later().end();
                    ended.complete(null);
                });
                // The end waits for this batch, so it is begun by then or soon, and cannot be over.
                LockSupport.parkNanos(50_000_000);
                assertThat(ended).isNotDone();
            }
        };
        assertThatThrownBy(() -> first.later().run())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("was to be closed");
        ended.join();
        int broken = runs;
        assertThat(broken).isLessThan(8);
        first.later().run();
        assertThat(runs).as("nobody is inside a model that is closed").isEqualTo(broken);
        assertThat(opening(memory, waitedFor).batches()).isEqualTo(first.batches());
    }
}
