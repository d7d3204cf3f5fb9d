package phifleet.inference.vision.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.inference.vision.ImageFiles;

/** What libjpeg-turbo leaves out where nobody wants it; where this machine has none, that nothing is left out. */
class ReducedImageTest {
    private final ImageDecoder decoder =
            new ImageDecoder(ImageLimits.DEFAULT, Libraries.here(), new PixelBudget(64 << 20));

    /** The JDK decodes all of it, whatever is asked for. */
    private static int reached(int eighths) {
        return Libraries.here().isTurbo() ? eighths : 8;
    }

    @ParameterizedTest
    @CsvSource({"1.5, 8", "1, 8", "0.51, 8", "0.5, 4", "0.26, 4", "0.25, 2", "0.126, 2", "0.125, 1", "0.001, 1"})
    void decode_partThatServes_isReachedWithTheFewestPixels(double part, int wanted) throws ImageException {
        int eighths = reached(wanted);
        Image whole = decoder.decode(ImageFiles.bytes("baseline.jpg"));

        Image reduced = decoder.decode(ImageFiles.bytes("baseline.jpg"), (width, height) -> part);

        assertThat(reduced.width()).isEqualTo(Math.ceilDiv(whole.width() * eighths, 8));
        assertThat(reduced.height()).isEqualTo(Math.ceilDiv(whole.height() * eighths, 8));
        assertThat(reduced.source())
                .isEqualTo(new Source(
                        whole.width(),
                        whole.height(),
                        0,
                        0,
                        whole.width() * eighths / 8.0,
                        whole.height() * eighths / 8.0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exif1.jpg",
                "exif2.jpg",
                "exif3.jpg",
                "exif4.jpg",
                "exif5.jpg",
                "exif6.jpg",
                "exif7.jpg",
                "exif8.jpg"
            })
    void decode_reducedAndTurned_showsWhatTheWholeOneShows(String name) throws ImageException {
        Image whole = decoder.decode(ImageFiles.bytes(name));

        Image half = decoder.decode(ImageFiles.bytes(name), (width, height) -> {
            assertThat(width).isEqualTo(whole.width());
            assertThat(height).isEqualTo(whole.height());
            return 0.5;
        });

        Source source = half.source();
        assertThat(source.width()).isEqualTo(whole.width());
        assertThat(source.height()).isEqualTo(whole.height());
        int times = 8 / reached(4);
        assertThat(source.across()).isEqualTo((double) whole.width() / times);
        assertThat(source.down()).isEqualTo((double) whole.height() / times);
        // Where the edge lies within a pixel, it does so on one of two sides.
        assertThat(source.left()).isIn(0.0, half.width() - source.across());
        assertThat(source.top()).isIn(0.0, half.height() - source.down());
        double sum = 0;
        int compared = 0;
        for (int y = 1; y < half.height() - 1; y++) {
            for (int x = 1; x < half.width() - 1; x++) {
                int wholeX = (int) Math.round((x - source.left()) * times);
                int wholeY = (int) Math.round((y - source.top()) * times);
                sum += Math.abs(sample(half, x, y) - middle(whole, wholeX, wholeY, times));
                compared++;
            }
        }
        assertThat(sum / compared).isLessThan(6);
    }

    /** Green. */
    private static int sample(Image image, int x, int y) {
        return image.rgb()[3 * (y * image.width() + x) + 1] & 0xFF;
    }

    /** Of a square of pixels. */
    private static double middle(Image image, int left, int top, int side) {
        double sum = 0;
        for (int y = top; y < top + side; y++) {
            for (int x = left; x < left + side; x++) {
                sum += sample(image, x, y);
            }
        }
        return sum / (side * side);
    }

    @Test
    void decode_pictureOfFourInks_staysWhole() throws ImageException {
        Image image = decoder.decode(ImageFiles.bytes("cmyk.jpg"), (width, height) -> 0.125);

        assertThat(image.rgb()).isEqualTo(ImageFiles.asPillowSees("cmyk.jpg").rgb());
    }

    @Test
    void decode_pictureOfNoUse_isRefusedBeforeItIsDecoded() {
        ImageException refused = catchThrowableOfType(
                ImageException.class,
                () -> decoder.decode(ImageFiles.bytes("baseline.jpg"), (width, height) -> {
                    throw ImageException.tooLarge("of no use");
                }));

        assertThat(refused).hasMessage("of no use");
    }
}
