package phifleet.inference.engine.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What tells apart what was prepared from other files, by another version, for another machine: 16 hexadecimal digits of SHA-256. */
public final class CacheKey {
    private static final int BYTES = 8;

    private CacheKey() {}

    /**
     * The key of what was prepared.
     *
     * @param parts all that it depends on
     */
    public static String of(String parts) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(parts.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
