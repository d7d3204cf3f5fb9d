package phifleet.webui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page, by the path of a request. Each is read and compressed when it is first asked for, some milliseconds
 * for the largest, so that a process whose page nobody opens spends nothing on it; all together they hold less than 500 kB.
 * Only files that exist are remembered: asking for others costs a look-up and leaves nothing. Thread-safe; blocks while it
 * reads, so it is not for an event loop.
 */
public final class Site {
    private static final String ROOT = "site";
    private static final String PAGE = "/index.html";
    private static final String ASSETS = "/assets/";

    /** Libraries, whose paths name their version: what is there never changes. */
    private static final String LIBRARIES = "/assets/lib/";

    /** Segments of plain names, none of which begins with a dot. */
    private static final Pattern PLAIN = Pattern.compile("(?:/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}){1,8}");

    /** The document that fetches the one picture whose address a person typed, for the page that has it in a frame. */
    private static final String PICTURE_FETCH = "/assets/picture-fetch.html";

    /**
     * Scripts, styles, fonts and data from this server alone, nothing inline, nothing evaluated. Pictures may also be made by
     * the page itself, from what a person chose.
     */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self';"
            + " img-src 'self' data: blob:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    /** It may ask any host, and so has nothing to tell: no origin, and with that no key and no storage, whoever opens it. */
    private static final String PICTURE_FETCH_POLICY = "sandbox allow-scripts; default-src 'none'; script-src 'self';"
            + " connect-src https: http:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private final ConcurrentMap<String, Asset> read = new ConcurrentHashMap<>();

    /** Whether a path is the page's: the page itself, or below its files. Cheap, and says nothing of what is there. */
    public static boolean owns(String path) {
        return path.equals("/") || path.equals("/docs") || path.startsWith(ASSETS);
    }

    /**
     * The answer to GET; that to HEAD is the same without its body.
     *
     * @param path of the request, decoded or not: one with an escape is of no file
     * @param acceptEncoding the request's header, if it has one
     * @param ifNoneMatch the request's header, if it has one
     * @return empty where there is no such file
     */
    public Optional<SiteAnswer> get(String path, @Nullable String acceptEncoding, @Nullable String ifNoneMatch) {
        Asset asset = asset(path);
        if (asset == null) {
            return Optional.empty();
        }
        boolean gzip = asset.isCompressed() && acceptsGzip(acceptEncoding);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", asset.tag(gzip));
        headers.put("Cache-Control", path.startsWith(LIBRARIES) ? "public, max-age=31536000, immutable" : "no-cache");
        if (asset.isCompressed()) {
            headers.put("Vary", "Accept-Encoding");
        }
        if (matches(ifNoneMatch, asset)) {
            return Optional.of(new SiteAnswer(304, headers, new byte[0]));
        }
        headers.put("Content-Type", asset.type().contentType());
        headers.put("X-Content-Type-Options", "nosniff");
        if (gzip) {
            headers.put("Content-Encoding", "gzip");
        }
        if (asset.type() == AssetType.HTML) {
            headers.put("Content-Security-Policy", path.equals(PICTURE_FETCH) ? PICTURE_FETCH_POLICY : POLICY);
            headers.put("Referrer-Policy", "no-referrer");
            headers.put("Cross-Origin-Opener-Policy", "same-origin");
        }
        return Optional.of(new SiteAnswer(200, headers, asset.bytes(gzip)));
    }

    private @Nullable Asset asset(String path) {
        String file = path.startsWith(ASSETS) ? path : PAGE;
        AssetType type = AssetType.of(file);
        if (!owns(path) || type == null || !PLAIN.matcher(file).matches()) {
            return null;
        }
        Asset known = read.get(file);
        if (known != null) {
            return known;
        }
        byte[] content = content(file);
        return content == null ? null : read.computeIfAbsent(file, name -> Asset.of(type, content));
    }

    private static byte @Nullable [] content(String file) {
        try (InputStream in = Site.class.getResourceAsStream(ROOT + file)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether gzip is named, or everything is, and not with a weight of nothing (RFC 9110, 12.5.3). */
    private static boolean acceptsGzip(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        boolean any = false;
        for (String coding : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = coding.split(";", 2);
            String name = parts[0].strip();
            boolean refused = parts.length > 1 && parts[1].strip().matches("q=0(\\.0{0,3})?");
            if (name.equals("gzip")) {
                return !refused;
            }
            any |= name.equals("*") && !refused;
        }
        return any;
    }

    /** Either form will do: a client that has one needs no other. Compared weakly, as If-None-Match asks. */
    private static boolean matches(@Nullable String ifNoneMatch, Asset asset) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(",", -1))
                        .map(tag -> tag.strip().replaceFirst("^W/", ""))
                        .anyMatch(
                                tag -> tag.equals("*") || tag.equals(asset.tag(false)) || tag.equals(asset.tag(true)));
    }
}
