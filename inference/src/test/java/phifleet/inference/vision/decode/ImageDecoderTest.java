package phifleet.inference.vision.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.inference.vision.ImageFiles;

/** What decodes JPEG here, libjpeg-turbo where this machine has it; {@link JdkImageDecoderTest} is the same with the JDK. */
class ImageDecoderTest {
    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT, library(), new PixelBudget(64 << 20));

    JpegLibrary library() {
        return Libraries.here();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "baseline.jpg",
                "progressive.jpg",
                "unsubsampled.jpg",
                "halved.jpg",
                "half-the-rows.jpg",
                "half-the-rows-of-both.jpg",
                "half-the-rows-of-luma.jpg",
                "half-the-rows-of-one.jpg",
                "rgb.jpg",
                "grey.jpg",
                "cmyk.jpg",
                "ycck.jpg",
                "broken-profile.jpg",
                "rgb.png",
                "rgba.png",
                "grey.png",
                "grey-alpha.png",
                "bilevel.png",
                "palette.png",
                "palette4.png",
                "interlaced.png",
                "rgb16.png",
                "rgba16.png",
                "still.gif",
                "animated.gif",
                "part.gif",
                "lossless.webp",
                "lossless-alpha.webp",
                "animated.webp",
                "rgb.bmp",
                "grey.bmp",
                "palette.bmp",
                "bilevel.bmp",
                "top-down.bmp",
                "555.bmp"
            })
    void decode_eachKindOfFile_givesThePixelsThatPillowSees(String name) throws ImageException {
        Image image = decoder.decode(ImageFiles.bytes(name));

        Image expected = ImageFiles.asPillowSees(name);
        assertThat(image).hasToString(expected.toString());
        assertThat(image.rgb()).isEqualTo(expected.rgb());
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
                "exif8.jpg",
                "exif6.png",
                "exif6.webp"
            })
    void decode_pictureThatWasHeldAnotherWay_isUpright(String name) throws ImageException {
        Image image = decoder.decode(ImageFiles.bytes(name));

        Image expected = ImageFiles.asPillowSees(name);
        assertThat(image).hasToString(expected.toString());
        assertThat(image.rgb()).isEqualTo(expected.rgb());
    }

    /** Pictures used one after the other have each other's memory. */
    @Test
    void decode_inMemoryOfOthers_givesThePixelsThatPillowSees() throws ImageException {
        Image first = decoder.decode(ImageFiles.bytes("baseline.jpg"));
        for (int round = 0; round < 3; round++) {
            for (String name : List.of("baseline.jpg", "exif6.jpg", "rgb.png", "exif3.jpg", "grey.jpg")) {
                Image kept = decoder.decode(ImageFiles.bytes(name), Detail.ALL, Image::kept);

                assertThat(kept.rgb()).isEqualTo(ImageFiles.asPillowSees(name).rgb());
            }
        }
        assertThat(first.rgb())
                .isEqualTo(ImageFiles.asPillowSees("baseline.jpg").rgb());
    }

    /** TwelveMonkeys repeats colours that libwebp, and so Pillow, smooths: in a picture this small every edge shows it. */
    @ParameterizedTest
    @ValueSource(strings = {"lossy.webp", "lossy-alpha.webp"})
    void decode_lossyWebp_isNearWhatPillowSees(String name) throws ImageException {
        Image image = decoder.decode(ImageFiles.bytes(name));

        Image expected = ImageFiles.asPillowSees(name);
        assertThat(image).hasToString(expected.toString());
        assertThat(ImageFiles.distance(image, expected)).isLessThan(2);
    }

    @Test
    void decode_greyOf16Bits_keepsTheUpper8() throws ImageException {
        Image image = decoder.decode(ImageFiles.bytes("grey16.png"));

        assertThat(image.rgb()).isEqualTo(ImageFiles.asPillowSees("grey16.png").rgb());
    }

    @Test
    void decode_nameAndContentDiffer_goesByContent() throws ImageException {
        assertThat(decoder.decode(ImageFiles.bytes("rgb.png")).rgb())
                .isEqualTo(decoder.decode(ImageFiles.bytes("rgb.bmp")).rgb());
    }
}
