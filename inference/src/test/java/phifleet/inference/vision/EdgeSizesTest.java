package phifleet.inference.vision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.model.Resize;
import phifleet.inference.model.Resize.Multiple;
import phifleet.inference.model.Resize.Rounding;
import phifleet.inference.vision.ImagePlan.Size;

class EdgeSizesTest {

    /**
     * The numbers are those of transformers' own functions, but where a side would vanish there: DETR's, YOLOS's, Mask2Former's, and within
     * 640 x 480.
     */
    @ParameterizedTest
    @CsvSource({
        "640, 480, 1066, 800, 672, 512, 512, 384, 640, 480",
        "480, 640, 800, 1066, 512, 672, 384, 512, 360, 480",
        "500, 500, 800, 800, 512, 512, 384, 384, 480, 480",
        "1920, 1080, 1333, 750, 864, 480, 640, 384, 640, 360",
        "1080, 1920, 750, 1333, 480, 864, 384, 640, 270, 480",
        "427, 640, 800, 1199, 512, 752, 384, 576, 320, 480",
        "800, 1000, 800, 1000, 512, 640, 384, 480, 384, 480",
        "1333, 37, 1333, 37, 848, 16, 640, 32, 640, 17",
        "1999, 1501, 1065, 800, 672, 512, 512, 384, 639, 480",
        "30000, 2, 1333, 1, 864, 16, 640, 32, 640, 1",
        "2, 30000, 1, 1333, 16, 864, 32, 640, 1, 480",
        "2000, 1, 2000, 1, 864, 16, 640, 32, 640, 1",
        "1, 1, 800, 800, 512, 512, 384, 384, 480, 480"
    })
    void of_images_haveTransformersSizes(
            int width,
            int height,
            int detrWidth,
            int detrHeight,
            int yolosWidth,
            int yolosHeight,
            int maskWidth,
            int maskHeight,
            int frameWidth,
            int frameHeight) {
        Size image = new Size(width, height);

        assertThat(EdgeSizes.of(new Resize.Edges(800, 1333, Rounding.ROUND, Multiple.ANY), image))
                .isEqualTo(new Size(detrWidth, detrHeight));
        assertThat(EdgeSizes.of(new Resize.Edges(512, 864, Rounding.ROUND, new Multiple(16, false)), image))
                .isEqualTo(new Size(yolosWidth, yolosHeight));
        assertThat(EdgeSizes.of(new Resize.Edges(384, 640, Rounding.TRUNCATE, new Multiple(32, true)), image))
                .isEqualTo(new Size(maskWidth, maskHeight));
        assertThat(EdgeSizes.of(new Resize.Within(640, 480), image)).isEqualTo(new Size(frameWidth, frameHeight));
    }
}
