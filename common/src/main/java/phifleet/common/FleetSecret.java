package phifleet.common;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the members of one fleet know and nobody else does. It never leaves the process: members show each other codes that
 * only its holders can make (HMAC-SHA256, RFC 2104), each for one purpose. Immutable, and safe from every thread.
 */
public final class FleetSecret {
    /** Under that many characters it can be guessed. */
    public static final int LEAST_CHARACTERS = 16;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /**
     * @param text at least {@link #LEAST_CHARACTERS} characters
     * @throws IllegalArgumentException if it is shorter; the message does not repeat it
     */
    public FleetSecret(String text) {
        if (text.length() < LEAST_CHARACTERS) {
            throw new IllegalArgumentException("a fleet's secret has at least " + LEAST_CHARACTERS + " characters");
        }
        this.key = new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /**
     * The code of a text in parts, in lower-case hexadecimal digits.
     *
     * @param purpose a word of its own for each use, so that a code given for one use is worth nothing in another
     */
    String code(String purpose, String... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            add(mac, purpose);
            for (String part : parts) {
                add(mac, part);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** Each part with its length before it, so that no two lists of parts are the same bytes. */
    private static void add(Mac mac, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        mac.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        mac.update(bytes);
    }

    /** Whether two codes are the same; takes as long whether they are or not. */
    static boolean same(String code, String given) {
        return MessageDigest.isEqual(code.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** Without the secret, since it may end up in a log. */
    @Override
    public String toString() {
        return "a fleet's secret";
    }
}
