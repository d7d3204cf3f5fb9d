package phifleet.inference.vision.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.inference.vision.ImageFiles;
import phifleet.inference.vision.decode.ImageException.Kind;

class HeicTest {
    private static final HeifLibrary LIBRARY = HeifLibrary.find();

    private final ImageDecoder decoder =
            new ImageDecoder(ImageLimits.DEFAULT, JpegLibrary.JDK, LIBRARY, new PixelBudget(64 << 20));

    @BeforeEach
    void needLibrary() {
        assumeTrue(LIBRARY.isThere(), "HEIC is decoded by " + LIBRARY.description());
    }

    /** Another release of libheif made the expected pixels, through pillow-heif 1.8. */
    @ParameterizedTest
    @ValueSource(strings = {"photo", "turned", "alpha", "grey", "tenbit"})
    void decode_eachKindOfFile_givesThePixelsThatPillowSees(String name) throws ImageException {
        Image image = decoder.decode(ImageFiles.bytes(name + ".heic"));

        Image expected = ImageFiles.asPillowSees(name + ".heic");
        assertThat(image.width()).isEqualTo(expected.width());
        assertThat(image.height()).isEqualTo(expected.height());
        assertThat(ImageFiles.distance(image, expected)).isCloseTo(0, within(1.5));
    }

    @Test
    void decode_gridOfTiles_isThePictureThatTheyMake() throws ImageException {
        Image tile = decoder.decode(HeicFiles.picture(HeicFiles.configuration(), HeicFiles.coded(), 64, 64));

        Image grid = decoder.decode(HeicFiles.grid(2, 3, 180, 100));

        assertThat(grid.width()).isEqualTo(180);
        assertThat(grid.height()).isEqualTo(100);
        for (int y : new int[] {0, 40, 70, 99}) {
            for (int x : new int[] {0, 40, 70, 130, 179}) {
                for (int channel = 0; channel < 3; channel++) {
                    assertThat(grid.rgb()[3 * (y * 180 + x) + channel])
                            .isEqualTo(tile.rgb()[3 * (y % 64 * 64 + x % 64) + channel]);
                }
            }
        }
    }

    @Test
    void decode_withoutLibrary_isRefusedAsAFormatThatIsNotDecoded() {
        ImageDecoder without = new ImageDecoder(ImageLimits.DEFAULT, JpegLibrary.JDK, new PixelBudget(64 << 20));

        assertThatThrownBy(() -> without.decode(ImageFiles.bytes("photo.heic")))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED))
                .hasMessageContaining("HEIC")
                .hasMessageContaining("images.heif-library");
    }

    @ParameterizedTest
    @CsvSource({"30001, 8, at most 30000", "10000, 10000, at most 50000000", "0, 64, has none"})
    void decode_sizeThatTheFileClaims_isHeldAgainstTheLimits(int width, int height, String said) {
        byte[] file = HeicFiles.picture(HeicFiles.configuration(), HeicFiles.coded(), width, height);

        assertThatThrownBy(() -> decoder.decode(file)).hasMessageContaining(width + " x " + height, said);
    }

    /** What the decoder makes room for is not what the file claims. */
    @Test
    void decode_sizeThatTheParametersAskFor_isHeldAgainstTheLimits() {
        byte[] file = HeicFiles.picture(HeicFiles.configuration(29_000, 20_000), HeicFiles.coded(), 64, 64);

        assertThatThrownBy(() -> decoder.decode(file))
                .hasMessageContaining("29000 x 20000")
                .hasMessageContaining("at most 50000000");
    }

    @Test
    void decode_parametersAmongTheData_areRefused() {
        byte[] sneaked = {0, 0, 0, 4, 33 << 1, 1, 1, 1};

        byte[] file =
                HeicFiles.picture(HeicFiles.configuration(), HeicFiles.joined(sneaked, HeicFiles.coded()), 64, 64);

        assertThatThrownBy(() -> decoder.decode(file)).hasMessageContaining("parameter set");
    }

    @Test
    void decode_moreTilesThanPixelsAreAllowed_isTooLarge() {
        ImageDecoder small =
                new ImageDecoder(new ImageLimits(100_000, 30_000), JpegLibrary.JDK, LIBRARY, new PixelBudget(64 << 20));

        assertThatThrownBy(() -> small.decode(HeicFiles.grid(5, 5, 300, 300)))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE))
                .hasMessageContaining("25 tiles");
    }

    @Test
    void decode_otherCoding_isNamed() {
        byte[] file = HeicFiles.picture(HeicFiles.configuration(), HeicFiles.coded(), 64, 64);
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("hvc1");
        System.arraycopy(HeicFiles.word("av01"), 0, file, at, 4);

        assertThatThrownBy(() -> decoder.decode(file))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED))
                .hasMessageContaining("av01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"photo", "alpha", "turned"})
    void decode_fileCutAnywhere_isBroken(String name) {
        byte[] whole = ImageFiles.bytes(name + ".heic");
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> decoder.decode(cut)).as("%d bytes", length).isInstanceOf(ImageException.class);
        }
    }

    /** Seeds are the cases' numbers: what failed fails again. */
    @Test
    void decode_fileWithAnyBytesChanged_isAnImageOrRefused() {
        byte[][] kinds = {
            ImageFiles.bytes("photo.heic"),
            ImageFiles.bytes("alpha.heic"),
            ImageFiles.bytes("turned.heic"),
            HeicFiles.grid(2, 3, 180, 100)
        };
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            byte[] file = kinds[seed % kinds.length].clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                file[random.nextInt(file.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(decoder.decode(file).width()).isPositive();
            } catch (ImageException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }
}
