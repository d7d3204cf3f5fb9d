package phifleet.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static final Call RARE = Call.get("rare", "/", AnswerCheck.anything());
    private static final Call COMMON = Call.get("common", "/", AnswerCheck.anything());

    @Test
    void mixed_drawsByWeight() {
        Workload mix =
                Workload.mixed(List.of(new Workload.Part(1, List.of(RARE)), new Workload.Part(9, List.of(COMMON))), 7);

        long rare = LongStream.range(0, 10_000)
                .filter(index -> mix.call(index).kind().equals("rare"))
                .count();

        assertThat(rare / 10_000.0).isCloseTo(0.1, within(0.02));
    }

    @Test
    void mixed_sameIndex_sameCall() {
        Workload mix =
                Workload.mixed(List.of(new Workload.Part(1, List.of(RARE)), new Workload.Part(1, List.of(COMMON))), 7);

        assertThat(LongStream.range(0, 100).mapToObj(mix::call).toList())
                .isEqualTo(LongStream.range(0, 100).mapToObj(mix::call).toList());
    }
}
