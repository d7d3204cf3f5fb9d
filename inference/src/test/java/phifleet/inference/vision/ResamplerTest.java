package phifleet.inference.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phifleet.inference.model.Filter;
import phifleet.inference.vision.decode.Image;
import phifleet.inference.vision.decode.PixelArrays;

class ResamplerTest {
    /** Noise that Pillow 13.0 resized: a line has the old size and pixels, the new size, the filter, and the new pixels. */
    static List<String> resizedByPillow() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ResamplerTest.class.getResourceAsStream("resized-by-pillow.txt")),
                StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("resizedByPillow")
    void resize_anyFilter_equalsPillowBitForBit(String line) {
        String[] parts = line.split(" ");
        int width = Integer.parseInt(parts[3]);
        int height = Integer.parseInt(parts[4]);

        Image resized = resize(image(parts, 0), width, height, Filter.valueOf(parts[5]));

        assertThat(resized.rgb()).isEqualTo(HexFormat.of().parseHex(parts[6]));
    }

    @ParameterizedTest
    @MethodSource("resizedByPillow")
    void resize_partOnly_equalsThatPartOfTheWhole(String line) {
        String[] parts = line.split(" ");
        int width = Integer.parseInt(parts[3]);
        int height = Integer.parseInt(parts[4]);
        Filter filter = Filter.valueOf(parts[5]);
        Image whole = resize(image(parts, 0), width, height, filter);
        Window window = new Window(width / 3, height / 3, (width + 1) / 2, (height + 1) / 2);

        Image part = Resampler.resize(image(parts, 0), width, height, window, filter, new Scratch(new PixelArrays(0)));

        byte[] expected = new byte[3 * window.width() * window.height()];
        IntStream.range(0, window.height())
                .forEach(y -> System.arraycopy(
                        whole.rgb(),
                        3 * ((window.top() + y) * width + window.left()),
                        expected,
                        3 * y * window.width(),
                        3 * window.width()));
        assertThat(part.rgb()).isEqualTo(expected);
    }

    @Test
    void resize_sameSize_isTheImageItself() {
        Image image = new Image(1, 1, new byte[] {1, 2, 3});

        assertThat(resize(image, 1, 1, Filter.LANCZOS)).isSameAs(image);
    }

    @ParameterizedTest
    @MethodSource("resizedByPillow")
    void resize_intoArraysOfAnotherImage_isTheSame(String line) {
        String[] parts = line.split(" ");
        Image image = image(parts, 0);
        byte[] otherPixels = image.rgb().clone();
        for (int i = 0; i < otherPixels.length; i++) {
            otherPixels[i] ^= (byte) 0xFF;
        }
        int width = Integer.parseInt(parts[3]);
        int height = Integer.parseInt(parts[4]);
        Window all = new Window(0, 0, width, height);
        Filter filter = Filter.valueOf(parts[5]);
        PixelArrays arrays = new PixelArrays(1 << 20);
        try (Scratch scratch = new Scratch(arrays)) {
            Image other = new Image(image.width(), image.height(), otherPixels);
            assertThat(Resampler.resize(other, width, height, all, filter, scratch)
                            .size())
                    .isEqualTo(3 * width * height);
        }

        try (Scratch scratch = new Scratch(arrays)) {
            Image resized = Resampler.resize(image, width, height, all, filter, scratch);
            assertThat(Arrays.copyOf(resized.rgb(), resized.size()))
                    .isEqualTo(HexFormat.of().parseHex(parts[6]));
        }
    }

    private static Image resize(Image image, int width, int height, Filter filter) {
        Window all = new Window(0, 0, width, height);
        return Resampler.resize(image, width, height, all, filter, new Scratch(new PixelArrays(0)));
    }

    private static Image image(String[] parts, int at) {
        return new Image(
                Integer.parseInt(parts[at]),
                Integer.parseInt(parts[at + 1]),
                HexFormat.of().parseHex(parts[at + 2]));
    }
}
