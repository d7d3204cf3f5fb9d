package phifleet.inference.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.EmbeddedModel;

class LoadingNoticeTest {
    @Test
    void tell_whileItLoads_saysHowLongAndHowMuch() {
        Iterator<Boolean> over = List.of(false, false, true).iterator();
        List<Duration> waited = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        LoadingNotice.tell(
                EmbeddedModel.ALL_MINILM_L6_V2_INT8.spec(),
                most -> {
                    waited.add(most);
                    return over.next();
                },
                lines::add);
        assertThat(lines)
                .containsExactly(
                        "all-minilm-l6-v2-int8: still loading after 5 s, 22 MiB of weights",
                        "all-minilm-l6-v2-int8: still loading after 10 s, 22 MiB of weights");
        assertThat(waited).hasSize(3);
    }

    @Test
    void tell_whatLoadsAtOnce_saysNothing() {
        List<String> lines = new ArrayList<>();
        LoadingNotice.tell(EmbeddedModel.ALL_MINILM_L6_V2.spec(), most -> true, lines::add);
        assertThat(lines).isEmpty();
    }
}
