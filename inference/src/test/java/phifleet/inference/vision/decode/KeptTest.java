package phifleet.inference.vision.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeptTest {
    private final byte[] file = new byte[200];
    private final Kept kept = new Kept(new Bytes(file));

    KeptTest() {
        for (int i = 0; i < file.length; i++) {
            file[i] = (byte) i;
        }
    }

    @Test
    void toBytes_partsAndBytesOfOurOwn_inTheirOrder() {
        byte[] bytes =
                kept.bytes(-1, -2).part(3, 2).part(5, 1).bytes(-3).part(0, 1).toBytes();

        assertThat(bytes).containsExactly(-1, -2, 3, 4, 5, -3, 0);
    }

    @Test
    void put_isOverOurOwnBytes_whereverTheyWent() {
        byte[] bytes = kept.part(7, 1)
                .bytes(-1, -2)
                .part(8, 1)
                .bytes(-3)
                .put(1, -9, -8)
                .toBytes();

        assertThat(bytes).containsExactly(7, -1, -9, 8, -8);
    }

    @Test
    void toBytes_manyRunsAndBytes_loseNone() {
        for (int i = 0; i < file.length; i += 2) {
            kept.part(i, 1).bytes(-i);
        }

        byte[] bytes = kept.toBytes();

        assertThat(bytes).hasSize(file.length);
        for (int i = 0; i < file.length; i += 2) {
            assertThat(bytes[i]).isEqualTo((byte) i);
            assertThat(bytes[i + 1]).isEqualTo((byte) -i);
        }
    }
}
