package phifleet.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CopyWishesTest {
    @Test
    void text_namesOfAnyKind_areReadAsTheyWere() {
        CopyWishes wishes = new CopyWishes(List.of("BAAI/bge-m3", "a,b", "-c", "ü x"), List.of("-", "d%e"));
        assertThat(CopyWishes.read(wishes.text(0))).isEqualTo(wishes);
        assertThat(wishes.text(0)).matches("[\\x21-\\x7e]+");
    }

    @Test
    void read_whatIsNoWish_isPassedOver() {
        assertThat(CopyWishes.read(null)).isEqualTo(CopyWishes.NONE);
        assertThat(CopyWishes.read("").isEmpty()).isTrue();
        assertThat(CopyWishes.read("%zz,a").kept()).containsExactly("a");
    }

    @Test
    void text_moreThanAHeadTakes_isSaidInTurns() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            many.add("model-of-a-long-name-" + i);
        }
        CopyWishes wishes = new CopyWishes(many, List.of());
        Set<String> said = new HashSet<>();
        for (int turn = 0; turn < 20; turn++) {
            String text = wishes.text(turn);
            assertThat(text.length()).isLessThanOrEqualTo(CopyWishes.MOST_CHARACTERS);
            said.addAll(CopyWishes.read(text).kept());
        }
        assertThat(said).hasSize(500);
    }
}
