package phifleet.inference.vision.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.inference.vision.ImageFiles;
import phifleet.inference.vision.decode.ImageException.Kind;

/** As {@link ImageDecoderTest}, with what nobody would send; {@link JdkHostileImageTest} is the same with the JDK. */
class HostileImageTest {
    private static final String[] KINDS = {
        "baseline.jpg", "progressive.jpg", "cmyk.jpg", "exif6.jpg", "rgb.png", "palette.png", "interlaced.png",
                "rgba16.png",
        "animated.gif", "part.gif", "lossless.webp", "lossy.webp", "animated.webp", "rgb.bmp", "palette.bmp", "555.bmp"
    };

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT, library(), new PixelBudget(64 << 20));

    JpegLibrary library() {
        return Libraries.here();
    }

    @Test
    void decode_bombInLessThan100Bytes_isRefusedByItsHeader() {
        ImageException refused = refuse(ImageFiles.emptyPng(50_000, 50_000));

        assertThat(refused.kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(refused).hasMessageContaining("50000 x 50000").hasMessageContaining("at most 30000");
    }

    @Test
    void decode_tooManyPixels_namesThemAndTheBound() {
        ImageException refused = refuse(ImageFiles.emptyPng(10_000, 10_000));

        assertThat(refused.kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(refused).hasMessageContaining("100000000 pixels").hasMessageContaining("at most 50000000");
    }

    @ParameterizedTest
    @CsvSource({"baseline.jpg, 163, 4", "animated.gif, 6, 4", "part.gif, 6, 4", "rgb.bmp, 18, 8", "animated.webp, 24, 6"
    })
    void decode_headerThatClaimsTheMost_isRefused(String name, int at, int bytes) {
        byte[] file = ImageFiles.bytes(name);
        int from = name.endsWith(".jpg") ? size(file) : at;
        Arrays.fill(file, from, from + bytes, (byte) 0x7F);

        assertThat(refuse(file).kind()).isEqualTo(Kind.TOO_LARGE);
    }

    /** Where height and width of a JPEG are. */
    private static int size(byte[] jpeg) {
        int at = 0;
        while ((jpeg[at] & 0xFF) != 0xFF || (jpeg[at + 1] & 0xFF) != 0xC0) {
            at++;
        }
        return at + 5;
    }

    @Test
    void decode_everyFileCutAnywhere_isBrokenOrWhole() {
        for (String kind : KINDS) {
            byte[] whole = ImageFiles.bytes(kind);
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                try {
                    // Behind the pixels that are wanted something may be missing: an animation's other frames, a
                    // trailer.
                    assertThat(decoder.decode(cut).rgb())
                            .isEqualTo(ImageFiles.asPillowSees(kind).rgb());
                } catch (ImageException e) {
                    assertThat(e.kind())
                            .as("%s, %s bytes: %s", kind, length, e.getMessage())
                            .isIn(Kind.BROKEN, Kind.UNSUPPORTED);
                } catch (AssertionError e) {
                    assertThat(kind).as("%s bytes", length).isEqualTo("lossy.webp");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "baseline.jpg, end marker",
        "rgb.png, a PNG chunk",
        "still.gif, the GIF's data",
        "lossless.webp, the WebP",
        "rgb.bmp, the BMP's pixels"
    })
    void decode_fileWithoutItsEnd_saysWhatIsMissing(String name, String what) {
        byte[] whole = ImageFiles.bytes(name);

        ImageException refused = refuse(Arrays.copyOf(whole, whole.length * 9 / 10));

        assertThat(refused.kind()).isEqualTo(Kind.BROKEN);
        assertThat(refused).hasMessageContaining("cut short").hasMessageContaining(what);
    }

    @Test
    void decode_filesWithBytesChanged_areReadOrRefused() {
        Random random = new Random(15);
        for (int round = 0; round < 3_000; round++) {
            byte[] file = ImageFiles.bytes(KINDS[random.nextInt(KINDS.length)]);
            for (int i = random.nextInt(8); i >= 0; i--) {
                file[random.nextInt(file.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(decoder.decode(file).rgb()).isNotEmpty();
            } catch (ImageException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void decode_pngChecksumWrong_namesTheChunk() {
        byte[] file = ImageFiles.bytes("rgb.png");
        file[60] ^= 1;

        assertThat(refuse(file)).hasMessageContaining("checksum of the PNG chunk at byte 33");
    }

    @Test
    void decode_jpegOfManyScans_isRefusedBeforeItIsDecoded() {
        byte[] file = ImageFiles.bytes("progressive.jpg");
        byte[] many = Arrays.copyOf(file, file.length - 2 + 101 * 10 + 2);
        byte[] scan = HexFormat.of().parseHex("ffda0008010100000000");
        for (int i = 0; i < 101; i++) {
            System.arraycopy(scan, 0, many, file.length - 2 + 10 * i, 10);
        }
        many[many.length - 2] = (byte) 0xFF;
        many[many.length - 1] = (byte) 0xD9;

        ImageException refused = refuse(many);

        assertThat(refused.kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(refused).hasMessageContaining("more than 100 scans");
    }

    @ParameterizedTest
    @CsvSource({
        // One that says of itself: so wide, so high, so many bits, such a process.
        "30001, 2, 8, 0, TOO_LARGE, at most 30000",
        "65535, 65535, 8, 2, TOO_LARGE, at most 30000",
        "20000, 20000, 8, 2, TOO_LARGE, at most 50000000",
        "0, 8, 8, 0, BROKEN, 0 x 8",
        "8, 0, 8, 0, BROKEN, 8 x 0",
        "8, 8, 12, 1, UNSUPPORTED, 12 bits",
        "8, 8, 16, 3, UNSUPPORTED, process 3",
        "8, 8, 8, 9, UNSUPPORTED, process 9"
    })
    void decode_jpegHeaderThatNobodyDecodes_saysWhy(
            int width, int height, int bits, int process, Kind kind, String why) {
        byte[] file = ImageFiles.bytes("baseline.jpg");
        int at = size(file);
        file[at - 4] = (byte) (0xC0 + process);
        file[at - 1] = (byte) bits;
        file[at] = (byte) (height >> 8);
        file[at + 1] = (byte) height;
        file[at + 2] = (byte) (width >> 8);
        file[at + 3] = (byte) width;

        ImageException refused = refuse(file);

        assertThat(refused.kind()).isEqualTo(kind);
        assertThat(refused).hasMessageContaining(why);
    }

    @Test
    void decode_jpegWiderThanItsData_isReadAsFarAsItGoes() throws ImageException {
        byte[] file = ImageFiles.bytes("baseline.jpg");
        int at = size(file);
        file[at] = 0;
        file[at + 1] = 2;
        file[at + 2] = (byte) (30_000 >> 8);
        file[at + 3] = (byte) 30_000;

        Image image = decoder.decode(file);

        assertThat(image).hasToString("Image 30000 x 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "PK\u0003\u0004", "%PDF-1.7", "GIF89a"})
    void decode_somethingElseBehindTheEnd_isThePictureBefore(String other) throws ImageException {
        for (String kind : new String[] {"baseline.jpg", "rgb.png", "still.gif"}) {
            byte[] file = ImageFiles.bytes(kind);
            byte[] two = Arrays.copyOf(file, file.length + other.length());
            System.arraycopy(other.getBytes(StandardCharsets.US_ASCII), 0, two, file.length, other.length());

            assertThat(decoder.decode(two).rgb())
                    .as(kind)
                    .isEqualTo(ImageFiles.asPillowSees(kind).rgb());
        }
    }

    @Test
    void decode_jpegInsideOfAnother_isNotTheOneThatIsShown() {
        byte[] outer = ImageFiles.bytes("baseline.jpg");
        byte[] inner = ImageFiles.bytes("grey.jpg");
        byte[] both = new byte[2 + inner.length + outer.length - 2];
        both[0] = (byte) 0xFF;
        both[1] = (byte) 0xD8;
        System.arraycopy(inner, 0, both, 2, inner.length);
        System.arraycopy(outer, 2, both, 2 + inner.length, outer.length - 2);

        assertThat(refuse(both)).hasMessageContaining("a second JPEG begins at byte 2");
    }

    @Test
    void decode_profileOfMegabytes_isPassedOver() throws ImageException {
        byte[] file = ImageFiles.bytes("baseline.jpg");
        int segments = 64;
        int length = 2 + 0xFFFF;
        byte[] profiled = new byte[file.length + segments * length];
        System.arraycopy(file, 0, profiled, 0, 2);
        for (int i = 0; i < segments; i++) {
            byte[] head = HexFormat.of().parseHex("ffe2ffff4943435f50524f46494c4500");
            System.arraycopy(head, 0, profiled, 2 + i * length, head.length);
        }
        System.arraycopy(file, 2, profiled, 2 + segments * length, file.length - 2);

        assertThat(decoder.decode(profiled).rgb())
                .isEqualTo(ImageFiles.asPillowSees("baseline.jpg").rgb());
    }

    @Test
    void decode_moreThanTheBudgetHolds_isRefusedWithTheBound() {
        ImageDecoder poor = new ImageDecoder(ImageLimits.DEFAULT, library(), new PixelBudget(8192));
        byte[] jpeg = ImageFiles.bytes("baseline.jpg");
        int at = size(jpeg);
        jpeg[at + 1] = 100;
        jpeg[at + 3] = 100;

        for (byte[] file : List.of(jpeg, ImageFiles.emptyPng(100, 100))) {
            ImageException refused = catchThrowableOfType(ImageException.class, () -> poor.decode(file));

            assertThat(refused).isNotNull();
            assertThat(refused.kind()).isEqualTo(Kind.TOO_LARGE);
            assertThat(refused)
                    .hasMessageContaining("100 x 100 pixels takes 30000 bytes")
                    .hasMessageContaining("at most 8192");
        }
    }

    @Test
    void decode_manyBrokenFiles_holdNoMemory() throws IOException, InterruptedException {
        // 8,000 decompressors of some 30 kB would be 240 MB.
        assertThat(BrokenFiles.growth(library())).isLessThan(96L << 20);
    }

    @Test
    void decode_zerosAndNothing_areNoImages() {
        assertThat(refuse(new byte[100_000_000]).kind()).isEqualTo(Kind.UNSUPPORTED);
        assertThat(refuse(new byte[0])).hasMessageContaining("empty");
    }

    @ParameterizedTest
    @CsvSource({
        "0000001c66747970686569630000, HEIC",
        "0000001c66747970617669660000, AVIF",
        "0000001c667479706d7034320000, film",
        "49492a0008000000, TIFF",
        "255044462d312e37, PDF",
        "0000000c6a502020, JPEG 2000",
        "ff0a, JPEG XL",
        "504b0304, ZIP"
    })
    void decode_anotherFormat_isNamed(String head, String name) {
        ImageException refused = refuse(Arrays.copyOf(HexFormat.of().parseHex(head), 64));

        assertThat(refused.kind()).isEqualTo(Kind.UNSUPPORTED);
        assertThat(refused).hasMessageContaining(name).hasMessageContaining("JPEG, PNG, GIF, WebP and BMP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<svg xmlns='x'/>", "<?xml version='1.0'?><svg/>"})
    void decode_drawing_isNamed(String text) {
        assertThat(refuse(text.getBytes(StandardCharsets.UTF_8))).hasMessageContaining("SVG");
    }

    private ImageException refuse(byte[] file) {
        ImageException refused = catchThrowableOfType(ImageException.class, () -> decoder.decode(file));
        assertThat(refused).isNotNull();
        return refused;
    }
}
