package phifleet.inference.vision.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class CodedTest {
    private static final Detail LITTLE = (width, height) -> 0.125;

    private final ImageDecoder decoder =
            new ImageDecoder(ImageLimits.DEFAULT, Libraries.here(), new PixelBudget(64 << 20));

    private static byte[] jpeg(int width, int seed) throws IOException {
        BufferedImage picture = new BufferedImage(width, 24, BufferedImage.TYPE_3BYTE_BGR);
        for (int x = 0; x < width; x++) {
            picture.setRGB(x, x % 24, seed * x);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpeg", out);
        return out.toByteArray();
    }

    /** Behind the first marker. */
    private static byte[] with(byte[] segment, byte[] jpeg) {
        byte[] all = new byte[jpeg.length + segment.length];
        System.arraycopy(jpeg, 0, all, 0, 2);
        System.arraycopy(segment, 0, all, 2, segment.length);
        System.arraycopy(jpeg, 2, all, 2 + segment.length, jpeg.length - 2);
        return all;
    }

    private static byte[] exif(int orientation) {
        return HexFormat.of()
                .parseHex("ffe10022" + "457869660000" + "4d4d002a00000008" + "0001" + "01120003000000010" + "00"
                        + orientation + "0000" + "00000000");
    }

    private String code(byte[] file, ImageDecoder by, Detail detail) throws ImageException {
        return by.decode(file, detail, image -> {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                Objects.requireNonNull(image.coded()).feed(digest);
                return HexFormat.of().formatHex(digest.digest());
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void coded_ofFilesWithOtherMetadata_isTheSame_byAnyDecoder_inAnyDetail() throws Exception {
        byte[] plain = jpeg(Coded.LEAST_SIDE, 3);
        byte[] commented = with(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 4, 'h', 'i'}, plain);
        ImageDecoder jdk = new ImageDecoder(ImageLimits.DEFAULT, JpegLibrary.JDK, new PixelBudget(64 << 20));

        String code = code(plain, decoder, Detail.ALL);

        assertThat(code(commented, decoder, Detail.ALL)).isEqualTo(code);
        assertThat(code(commented, decoder, LITTLE)).isEqualTo(code);
        assertThat(code(commented, jdk, LITTLE)).isEqualTo(code);
    }

    @Test
    void coded_ofOtherPixels_orTheSameTurned_isAnother() throws Exception {
        byte[] plain = jpeg(Coded.LEAST_SIDE, 3);
        String code = code(plain, decoder, LITTLE);

        assertThat(code(jpeg(Coded.LEAST_SIDE, 5), decoder, LITTLE)).isNotEqualTo(code);
        assertThat(code(with(exif(1), plain), decoder, LITTLE)).isEqualTo(code);
        assertThat(code(with(exif(3), plain), decoder, LITTLE)).isNotEqualTo(code);
    }

    @Test
    void coded_ofSmallerOnes_isNotThere() throws Exception {
        assertThat(decoder.decode(jpeg(Coded.LEAST_SIDE - 1, 3)).coded()).isNull();
    }
}
