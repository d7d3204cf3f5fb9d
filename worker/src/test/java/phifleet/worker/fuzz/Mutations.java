package phifleet.worker.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Small damage to bytes and texts. */
final class Mutations {
    private static final byte[] TELLING = {
        0, 1, -1, 127, -128, '"', '\\', '{', '[', ',', ':', '\n', '\r', ' ', '%', (byte) 0xc0
    };
    private static final int MAX_BYTES = 100_000;

    private Mutations() {}

    /** One to five changes, anywhere. */
    static byte[] of(byte[] bytes, RandomGenerator random) {
        byte[] changed = bytes;
        for (int i = random.nextInt(5); i >= 0 && changed.length < MAX_BYTES; i--) {
            changed = once(changed, random);
        }
        return changed;
    }

    static String of(String text, RandomGenerator random) {
        return new String(of(text.getBytes(StandardCharsets.UTF_8), random), StandardCharsets.UTF_8);
    }

    private static byte[] once(byte[] bytes, RandomGenerator random) {
        if (bytes.length == 0) {
            return new byte[] {TELLING[random.nextInt(TELLING.length)]};
        }
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(1 << random.nextInt(8)));
        return switch (random.nextInt(7)) {
            case 0 -> {
                byte[] flipped = bytes.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                yield flipped;
            }
            case 1 -> {
                byte[] set = bytes.clone();
                set[at] = TELLING[random.nextInt(TELLING.length)];
                yield set;
            }
            case 2 -> joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
            case 3 ->
                joined(
                        Arrays.copyOf(bytes, at + length),
                        Arrays.copyOfRange(bytes, at, at + length),
                        Arrays.copyOfRange(bytes, at + length, bytes.length));
            case 4 ->
                joined(
                        Arrays.copyOf(bytes, at),
                        new byte[] {TELLING[random.nextInt(TELLING.length)]},
                        Arrays.copyOfRange(bytes, at, bytes.length));
            case 5 -> Arrays.copyOf(bytes, at);
            default -> {
                byte[] digits =
                        Long.toString(random.nextLong() >> random.nextInt(64)).getBytes(StandardCharsets.US_ASCII);
                yield joined(Arrays.copyOf(bytes, at), digits, Arrays.copyOfRange(bytes, at, bytes.length));
            }
        };
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    static <T> T one(List<T> values, RandomGenerator random) {
        return values.get(random.nextInt(values.size()));
    }

    /** What was sent, for a person to read. */
    static String shown(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, 2_000), StandardCharsets.ISO_8859_1)
                .replace("\\", "\\\\")
                .replace("\r", "\\r")
                .replace("\n", "\\n\n    ");
        StringBuilder shown = new StringBuilder("    ");
        text.chars().forEach(c -> {
            if (c == '\n' || (c >= ' ' && c < 0x7f)) {
                shown.append((char) c);
            } else {
                shown.append("\\x").append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
            }
        });
        return shown + (bytes.length > 2_000 ? "... of " + bytes.length + " bytes" : "");
    }
}
