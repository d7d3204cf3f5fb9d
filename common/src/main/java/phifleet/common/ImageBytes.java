package phifleet.common;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tells by its first bytes whether something is an image's file, where nobody says so. */
public final class ImageBytes {
    /** JPEG, PNG, GIF, and RIFF, in which WebP lies. */
    private static final List<byte[]> FILES = List.of(
            new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF},
            new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'},
            ascii("GIF8"),
            ascii("RIFF"));

    /** How these begin in base64, as far as no following byte changes that; and a data URL. */
    private static final List<byte[]> TEXTS =
            List.of(ascii("/9j/"), ascii("iVBORw0KGg"), ascii("R0lGOD"), ascii("UklGR"), ascii("data:image/"));

    /** As long as the longest of them. */
    public static final int TEXT_LENGTH = 11;

    private ImageBytes() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether it begins as a file. */
    public static boolean isFile(byte[] bytes) {
        return FILES.stream().anyMatch(start -> begins(bytes, 0, start));
    }

    /** Whether at that place base64 of a file begins, or a data URL with one. */
    public static boolean isText(byte[] bytes, int from) {
        return TEXTS.stream().anyMatch(start -> begins(bytes, from, start));
    }

    /** The same of a text. */
    public static boolean isText(String text) {
        return isText(ascii(text.substring(0, Math.min(text.length(), TEXT_LENGTH))), 0);
    }

    private static boolean begins(byte[] bytes, int from, byte[] start) {
        if (from < 0 || bytes.length - from < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (bytes[from + i] != start[i]) {
                return false;
            }
        }
        return true;
    }
}
