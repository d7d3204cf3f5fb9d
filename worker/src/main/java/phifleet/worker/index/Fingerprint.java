package phifleet.worker.index;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import phifleet.inference.vision.decode.Image;

/**
 * What tells one file from another.
 *
 * @param id SHA-256 of all its bytes, 64 hexadecimal digits: two files of one id are the same, and an image is called by it
 * @param imohash of its size and three samples: 32 hexadecimal digits
 */
public record Fingerprint(String id, String imohash) {

    /** On the calling thread: about a millisecond for two megabytes. */
    public static Fingerprint of(byte[] file) {
        return new Fingerprint(HexFormat.of().formatHex(sha256().digest(file)), ImoHash.of(file));
    }

    /** What photos share whose files differ in their metadata alone: SHA-256 of the size and the pixels, upright. */
    public static String ofPixels(Image image) {
        MessageDigest digest = sha256();
        digest.update((image.width() + " x " + image.height() + "\n").getBytes(StandardCharsets.US_ASCII));
        digest.update(image.rgb());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
