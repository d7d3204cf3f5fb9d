package phifleet.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import phifleet.common.WorkerCard;
import phifleet.membership.CardHolders.Announced;

class CardHoldersTest {
    private final CardHolders holders = new CardHolders();
    private final Announced first = announced(8000);
    private final Announced second = announced(9000);

    private static Announced announced(int port) {
        URI url = URI.create("http://127.0.0.1:" + port);
        return new Announced(UUID.randomUUID(), new WorkerCard("worker-1", url, List.of(), "1", "cpu"));
    }

    @Test
    void accept_secondHolderOfAnId_isRefusedWhateverTheOrder() {
        assertThat(holders.accept(List.of(first))).containsExactly(first.card());
        assertThat(holders.accept(List.of(first, second))).containsExactly(first.card());
        assertThat(holders.accept(List.of(second, first))).containsExactly(first.card());
    }

    @Test
    void accept_bothFromTheStart_takesTheOlderMember() {
        assertThat(holders.accept(List.of(first, second))).containsExactly(first.card());
    }

    @Test
    void accept_firstHolderLeaves_takesTheSecond() {
        holders.accept(List.of(first, second));

        assertThat(holders.accept(List.of(second))).containsExactly(second.card());
        assertThat(holders.accept(List.of(first, second))).containsExactly(second.card());
    }
}
