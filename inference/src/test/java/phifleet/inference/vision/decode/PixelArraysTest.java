package phifleet.inference.vision.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PixelArraysTest {
    private final PixelArrays arrays = new PixelArrays(1000);

    @Test
    void take_afterOneOfThatSizeWasGiven_isThat() {
        byte[] first = arrays.take(400);
        arrays.give(first);

        assertThat(arrays.take(390)).isSameAs(first);
        assertThat(arrays.take(390)).isNotSameAs(first).hasSize(390);
    }

    @Test
    void take_ofAnotherSize_isNew() {
        arrays.give(new byte[400]);

        assertThat(arrays.take(401)).hasSize(401);
        assertThat(arrays.take(300)).hasSize(300);
    }

    @Test
    void give_moreThanIsKept_forgetsTheOldest() {
        byte[] newest = new byte[500];
        arrays.give(new byte[400]);
        arrays.give(new byte[200]);
        arrays.give(newest);

        assertThat(arrays.take(330)).hasSize(330);
        assertThat(arrays.take(500)).isSameAs(newest);
    }

    @Test
    void give_largerThanAllThatIsKept_isLetGo() {
        byte[] large = new byte[1001];
        byte[] small = new byte[100];
        arrays.give(small);
        arrays.give(large);

        assertThat(arrays.take(1001)).isNotSameAs(large);
        assertThat(arrays.take(100)).isSameAs(small);
    }
}
