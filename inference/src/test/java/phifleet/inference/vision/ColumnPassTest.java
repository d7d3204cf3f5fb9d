package phifleet.inference.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.model.Filter;
import phifleet.inference.vision.decode.Image;
import phifleet.inference.vision.decode.PixelArrays;

/** Against sums taken sample by sample, where an image gets much lower, somewhat lower, and so much higher that a row is part of many. */
class ColumnPassTest {
    private static final int WIDTH = 7;

    @ParameterizedTest
    @CsvSource({"500, 9", "97, 40", "40, 39", "20, 33", "5, 200", "1, 64"})
    void resize_toAnyHeight_isTheSumOfItsRows(int from, int to) {
        byte[] rgb = new byte[3 * WIDTH * from];
        new Random(from).nextBytes(rgb);
        Image image = new Image(WIDTH, from, rgb);
        for (Filter filter : new Filter[] {Filter.BOX, Filter.BILINEAR, Filter.BICUBIC, Filter.LANCZOS}) {
            ResamplingKernel all = new ResamplingKernel(from, 0, from, to, 0, to, filter);
            ResamplingKernel some = new ResamplingKernel(from, 0, from, to, to / 3, to / 2, filter);

            Scratch scratch = new Scratch(new PixelArrays(0));
            Image whole = ColumnPass.resize(image, 0, 0, WIDTH, all, scratch);
            Image part = ColumnPass.resize(image, 0, 2, 5, some, scratch);

            assertThat(whole.rgb()).as("%s", filter).isEqualTo(sums(image, 0, WIDTH, all));
            assertThat(part.rgb()).as("%s of a part", filter).isEqualTo(sums(image, 2, 5, some));
        }
    }

    private static byte[] sums(Image image, int from, int to, ResamplingKernel kernel) {
        byte[] sums = new byte[3 * (to - from) * kernel.length()];
        int at = 0;
        for (int y = 0; y < kernel.length(); y++) {
            for (int x = 3 * from; x < 3 * to; x++) {
                int sum = ResamplingKernel.HALF;
                for (int i = 0; i < kernel.count(y); i++) {
                    int sample = image.rgb()[3 * (kernel.first(y) + i) * WIDTH + x] & 0xFF;
                    sum += sample * kernel.weights()[kernel.weightsOf(y) + i];
                }
                sums[at++] = (byte) Math.clamp(sum >> ResamplingKernel.FRACTION_BITS, 0, 255);
            }
        }
        return sums;
    }
}
