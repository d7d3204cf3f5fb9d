package phifleet.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phifleet.common.FleetSecret;
import phifleet.common.WorkerCard;
import phifleet.common.WorkerCard.HeldModel;

class CardAttributesTest {
    private static final FleetSecret SECRET = new FleetSecret("a secret of this test");
    private static final WorkerCard CARD = new WorkerCard(
            "worker-1",
            URI.create("http://127.0.0.1:8001"),
            List.of(new HeldModel("all-MiniLM-L6-v2", "sentence-encoder"), new HeldModel("a b,c=d", "detector")),
            "0.1.0",
            "cuda:0");

    @Test
    void read_whatWasWritten_isTheSameCard() {
        assertThat(CardAttributes.read(CardAttributes.of(CARD, null), null)).contains(CARD);
    }

    @Test
    void read_memberThatIsNoWorker_isEmpty() {
        assertThat(CardAttributes.read(Map.of("gateway", "true"), null)).isEmpty();
    }

    @Test
    void read_unreadableCard_isEmptyRatherThanAFailure() {
        Map<String, String> broken = new HashMap<>(CardAttributes.of(CARD, null));
        broken.put("worker.url", "nowhere");

        assertThat(CardAttributes.read(broken, null)).isEmpty();
    }

    @Test
    void read_cardSignedWithTheSecret_isTaken() {
        assertThat(CardAttributes.read(CardAttributes.of(CARD, SECRET), SECRET)).contains(CARD);
    }

    @Test
    void read_cardWithoutSignatureOrWithAnothers_isEmpty() {
        FleetSecret another = new FleetSecret("another secret of a fleet");

        assertThat(CardAttributes.read(CardAttributes.of(CARD, null), SECRET)).isEmpty();
        assertThat(CardAttributes.read(CardAttributes.of(CARD, another), SECRET))
                .isEmpty();
    }

    @Test
    void read_signedCardWithAnyWordChanged_isEmpty() {
        Map<String, String> signed = CardAttributes.of(CARD, SECRET);
        for (String key : signed.keySet()) {
            Map<String, String> changed = new HashMap<>(signed);
            changed.put(key, key.equals("worker.url") ? "http://127.0.0.1:9999" : signed.get(key) + "0");

            assertThat(CardAttributes.read(changed, SECRET)).as(key).isEmpty();
        }
    }

    @Test
    void card_withoutPort_isRefusedWithItsValue() {
        assertThatThrownBy(() -> new WorkerCard("w", URI.create("http://host"), List.of(), "1", "cpu"))
                .hasMessageContaining("http://host");
    }

    @Test
    void card_idWithSlash_isRefused() {
        assertThatThrownBy(() -> new WorkerCard("a/b", URI.create("http://h:1"), List.of(), "1", "cpu"))
                .hasMessageContaining("a/b");
    }
}
