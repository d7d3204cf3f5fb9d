package phifleet.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.Residency;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.Workbench;

/** A model answers alike in each form that its weights may have in memory. */
class MappedFirstTest {
    private static final List<TokenSequence> BATCH = List.of(text(3), text(17), text(60));

    private static TokenSequence text(int tokens) {
        return new TokenSequence(IntStream.range(1000, 1000 + tokens).toArray());
    }

    private static double cosine(Vector one, Vector other) {
        double product = 0;
        double oneSquared = 0;
        double otherSquared = 0;
        for (int i = 0; i < one.dimension(); i++) {
            product += (double) one.get(i) * other.get(i);
            oneSquared += (double) one.get(i) * one.get(i);
            otherSquared += (double) other.get(i) * other.get(i);
        }
        return product / Math.sqrt(oneSquared * otherSquared);
    }

    @ParameterizedTest
    @EnumSource
    void run_inEachForm_beforeAndAfterItSettles_givesTheSameVectors(Residency residency) throws Exception {
        try (Model<TokenSequence, Vector> prepared = Workbench.engines()
                        .load(EmbeddedModel.ALL_MINILM_L6_V2.spec())
                        .model();
                Model<TokenSequence, Vector> model = Workbench.engines()
                        .load(EmbeddedModel.ALL_MINILM_L6_V2.spec().with(residency))
                        .model()) {
            List<Vector> wanted = prepared.run(BATCH);
            List<Vector> first = model.run(BATCH);
            model.settle();
            List<Vector> settled = model.run(BATCH);
            for (int i = 0; i < BATCH.size(); i++) {
                assertThat(cosine(first.get(i), wanted.get(i))).isGreaterThan(0.999999);
            }
            if (residency != Residency.MAPPED) {
                assertThat(settled).as("bit for bit").isEqualTo(wanted);
            }
            System.out.println(
                    residency + ": before it settles " + (first.equals(wanted) ? "the same bits" : "others"));
        }
    }
}
