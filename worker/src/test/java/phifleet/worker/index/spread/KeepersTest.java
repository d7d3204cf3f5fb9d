package phifleet.worker.index.spread;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeepersTest {
    private static final List<Keeper> ALL = List.of(keeper("a"), keeper("b"), keeper("c"));

    private static Keeper keeper(String id) {
        return new Keeper(id, URI.create("http://" + id));
    }

    private static String owner(String self, List<Keeper> all, String pixels) {
        Keepers keepers = new Keepers(self);
        keepers.are(all);
        Keeper owner = keepers.owner(keepers.others(), pixels);
        return owner == null ? self : owner.id();
    }

    @Test
    void owner_isTheSameForAll_andEachHasItsShare() {
        Map<String, Integer> shares = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            String pixels = "picture " + i;
            String owner = owner("a", ALL, pixels);
            assertThat(owner("b", ALL, pixels)).isEqualTo(owner);
            assertThat(owner("c", ALL, pixels)).isEqualTo(owner);
            shares.merge(owner, 1, Integer::sum);
        }
        assertThat(shares)
                .hasSize(3)
                .allSatisfy((id, share) -> assertThat(share).isBetween(60, 140));
    }

    @Test
    void owner_whereOneLeaves_changesForItsOwnAlone() {
        List<Keeper> left = List.of(keeper("a"), keeper("b"));
        for (int i = 0; i < 100; i++) {
            String before = owner("a", ALL, "picture " + i);
            if (!before.equals("c")) {
                assertThat(owner("a", left, "picture " + i)).isEqualTo(before);
            }
        }
    }
}
