package phifleet.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phifleet.common.WorkerCard;
import phifleet.common.WorkerCard.HeldModel;

class CardAttributesTest {
    private static final WorkerCard CARD = new WorkerCard(
            "worker-1",
            URI.create("http://127.0.0.1:8001"),
            List.of(new HeldModel("all-MiniLM-L6-v2", "sentence-encoder"), new HeldModel("a b,c=d", "detector")),
            256,
            "0.1.0",
            "cuda:0");

    @Test
    void read_whatWasWritten_isTheSameCard() {
        assertThat(CardAttributes.read(CardAttributes.of(CARD))).contains(CARD);
    }

    @Test
    void read_memberThatIsNoWorker_isEmpty() {
        assertThat(CardAttributes.read(Map.of("gateway", "true"))).isEmpty();
    }

    @Test
    void read_unreadableCard_isEmptyRatherThanAFailure() {
        Map<String, String> broken = new HashMap<>(CardAttributes.of(CARD));
        broken.put("worker.capacity", "many");

        assertThat(CardAttributes.read(broken)).isEmpty();
    }

    @Test
    void card_withoutPort_isRefusedWithItsValue() {
        assertThatThrownBy(() -> new WorkerCard("w", URI.create("http://host"), List.of(), 0, "1", "cpu"))
                .hasMessageContaining("http://host");
    }

    @Test
    void card_idWithSlash_isRefused() {
        assertThatThrownBy(() -> new WorkerCard("a/b", URI.create("http://h:1"), List.of(), 0, "1", "cpu"))
                .hasMessageContaining("a/b");
    }
}
