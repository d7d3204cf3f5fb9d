package phifleet.inference.vision.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanvasTest {
    private static final Image FRAME = new Image(1, 1, new byte[] {1, 2, 3});

    @ParameterizedTest
    @ValueSource(ints = {0x000000, 0x727272, 0x102030})
    void with_anArrayThatIsLongerAndFull_isTheFrameOnTheBackground(int background) {
        Image image = new Canvas(2, 2, 1, 0, background).with(FRAME, length -> {
            byte[] used = new byte[length + 5];
            Arrays.fill(used, (byte) 0x55);
            return used;
        });

        byte red = (byte) (background >> 16);
        byte green = (byte) (background >> 8);
        byte blue = (byte) background;
        assertThat(Arrays.copyOf(image.rgb(), image.size()))
                .containsExactly(red, green, blue, (byte) 1, (byte) 2, (byte) 3, red, green, blue, red, green, blue);
        assertThat(image.rgb()[image.size()]).isEqualTo((byte) 0x55);
    }

    @Test
    void with_aFrameThatCoversIt_isTheFrame() {
        assertThat(Canvas.of(1, 1).with(FRAME)).isSameAs(FRAME);
    }
}
