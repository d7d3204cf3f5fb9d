package phifleet.webui;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * One file of the page, held once: compressed where that makes it smaller, and then inflated again for the rare client that
 * takes it only as it is. Immutable.
 */
final class Asset {
    private static final int TAG_BYTES = 12;

    private final AssetType type;
    private final byte[] held;
    private final boolean compressed;
    private final String tag;

    private Asset(AssetType type, byte[] held, boolean compressed, String tag) {
        this.type = type;
        this.held = held;
        this.compressed = compressed;
        this.tag = tag;
    }

    static Asset of(AssetType type, byte[] content) {
        String tag = tagOf(content);
        byte[] smaller = type.compressible() ? deflated(content) : content;
        return smaller.length < content.length
                ? new Asset(type, smaller, true, tag)
                : new Asset(type, content, false, tag);
    }

    AssetType type() {
        return type;
    }

    /** Whether there is a gzip form, so that answers depend on {@code Accept-Encoding}. */
    boolean isCompressed() {
        return compressed;
    }

    /** A strong tag; the two forms differ in their bytes, and so in their tags. */
    String tag(boolean gzip) {
        return '"' + tag + (gzip ? "-gz" : "") + '"';
    }

    /** The bytes, in gzip where asked; to be left unchanged by the caller. */
    byte[] bytes(boolean gzip) {
        return compressed && !gzip ? inflated(held) : held;
    }

    private static byte[] deflated(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length / 2);
        try (GZIPOutputStream gzip = new BestGzip(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] inflated(byte[] gzip) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tagOf(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Compresses as well as it can: done once, sent often. */
    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(9);
        }
    }
}
