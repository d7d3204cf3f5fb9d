package phifleet.inference.engine.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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

    /**
     * A name for what is kept of a model: its id with the letters that any file system takes, a dash, and the rest.
     *
     * @param rest tells the versions of one model apart
     */
    public static String named(String id, String rest) {
        return id.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + rest;
    }

    /** How a file is now: its length in bytes, and when it was last changed, in milliseconds. */
    public static String stamp(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.size() + " " + attributes.lastModifiedTime().toMillis();
    }
}
