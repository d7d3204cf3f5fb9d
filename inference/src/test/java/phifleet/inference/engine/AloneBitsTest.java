package phifleet.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.Workbench;

/** What an idle worker answers is what a busy one does, bit for bit. */
class AloneBitsTest {
    private static LoadedModel load(EngineSettings.AloneThreads threads) throws ModelException {
        return new Engines(new EngineSettings(Workbench.cache(), null, EngineSettings.Gpu.USUAL, threads))
                .load(EmbeddedModel.ALL_MINILM_L6_V2.spec());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, EngineSettings.AloneThreads.MOST})
    void alone_anyThreadsAndBatch_hasTheVectorsOfOneThread(int threads) throws Exception {
        long seed = System.nanoTime();
        System.out.println("batches alone: seed " + seed);
        Random random = new Random(seed);
        try (Model<TokenSequence, Vector> model =
                load(new EngineSettings.AloneThreads(threads, true)).model()) {
            Model<TokenSequence, Vector> alone = aloneAsSoonAsThere(model);
            for (int most : List.of(12, 12, 40, 40, 256)) {
                List<TokenSequence> batch = batch(random, 1 + random.nextInt(most > 40 ? 2 : 4), most);
                assertThat(alone.run(batch)).as("seed %s", seed).isEqualTo(model.run(batch));
                assertThat(alone.run(batch.subList(0, 1)).getFirst())
                        .as("alone, seed %s", seed)
                        .isEqualTo(model.run(batch).getFirst());
            }
        }
    }

    private static Model<TokenSequence, Vector> aloneAsSoonAsThere(Model<TokenSequence, Vector> model)
            throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (model.alone().equals(model)) {
            assertThat(System.nanoTime()).as("a second form is there").isLessThan(end);
            Thread.sleep(5);
        }
        return model.alone();
    }

    private static List<TokenSequence> batch(Random random, int texts, int mostTokens) {
        List<TokenSequence> batch = new ArrayList<>();
        for (int i = 0; i < texts; i++) {
            int length = 2 + random.nextInt(mostTokens - 1);
            batch.add(new TokenSequence(random.ints(length, 1000, 30_000).toArray()));
        }
        return batch;
    }

    @Test
    void load_oneThread_hasNoSecondForm() throws Exception {
        try (Model<TokenSequence, Vector> model =
                load(EngineSettings.AloneThreads.ONE).model()) {
            assertThat(model.alone()).isSameAs(model);
        }
    }

    /** What the process may hold is what decides, where nobody said otherwise. */
    @Test
    void widening_littleMemory_hasNoSecondForm() throws Exception {
        EngineSettings.AloneThreads found = new EngineSettings.AloneThreads(2, false);
        Model<TokenSequence, Vector> first = new Answerless();
        Widening.Loading never = provider -> {
            throw new AssertionError("a second form was loaded");
        };
        Model<TokenSequence, Vector> model = new Widening(found, 1L << 30)
                .beside(EmbeddedModel.ALL_MINILM_L6_V2.spec(), Provider.PLAIN_CPU, first, never);
        assertThat(model).isSameAs(first);
    }

    private record Answerless() implements Model<TokenSequence, Vector> {
        @Override
        public List<Vector> run(List<TokenSequence> batch) {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
