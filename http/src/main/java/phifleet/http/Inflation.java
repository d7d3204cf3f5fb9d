package phifleet.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.Problems;

/** Bodies that came compressed ({@code Content-Encoding}), inflated up to a bound. */
public final class Inflation {
    /** What is taken, as {@code Accept-Encoding} names it. */
    static final String TAKEN = "gzip, deflate, identity";

    private static final int PART_BYTES = 16 * 1024;

    private Inflation() {}

    /** How inflating went. */
    public sealed interface Result {
        /** The body as it was meant, to be released. */
        record Plain(Body body) implements Result {}

        /** It is none, or too long. */
        record Wrong(Problem problem) implements Result {}
    }

    private enum Coding {
        GZIP,
        DEFLATE,
        IDENTITY
    }

    /** Whether a coding is one of those that are taken; none is. */
    public static boolean takes(@Nullable String encoding) {
        return encoding == null || coding(encoding) != null;
    }

    public static boolean isNeeded(HttpServerRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && coding(encoding) != Coding.IDENTITY;
    }

    private static @Nullable Coding coding(String encoding) {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> Coding.GZIP;
            case "deflate" -> Coding.DEFLATE;
            case "identity", "" -> Coding.IDENTITY;
            default -> null;
        };
    }

    /** Inflates a whole body, within the budget of all bodies; not for an event loop. */
    public static Result inflate(Exchange exchange, Body body, long limit) {
        return inflate(
                exchange.edge().budget(),
                exchange.request().getHeader(HttpHeaders.CONTENT_ENCODING),
                "Content-Encoding",
                ByteBuffer.wrap(body.bytes()),
                limit);
    }

    /**
     * The same of any bytes.
     *
     * @param header that says the encoding
     * @param packed in an array
     */
    public static Result inflate(
            BodyBudget budget, @Nullable String encoding, String header, ByteBuffer packed, long limit) {
        Body plain = new Body(budget, -1);
        try (InputStream in = open(encoding, packed)) {
            byte[] part = new byte[PART_BYTES];
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                if (read > limit - plain.length()) {
                    plain.release();
                    return new Result.Wrong(BodyReader.tooLarge("more than " + limit + " bytes inflated", limit));
                }
                if (!plain.add(Buffer.buffer(part).slice(0, read))) {
                    plain.release();
                    return new Result.Wrong(Problems.busy("too many large requests are being read"));
                }
            }
            return new Result.Plain(plain);
        } catch (IOException e) {
            plain.release();
            return new Result.Wrong(Problem.badRequest(
                    "invalid_encoding", "the body is not compressed as its " + header + " says, " + encoding, null));
        }
    }

    /**
     * The beginning of a body as it was meant, as far as it can be had; not to be changed. Cheap enough for an event loop where most is
     * small.
     */
    public static byte[] beginning(HttpServerRequest request, Body body, int most) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return beginning(encoding, ByteBuffer.wrap(body.array(), 0, body.length()), most);
    }

    /** The same of any bytes, which are in an array. */
    public static byte[] beginning(@Nullable String encoding, ByteBuffer packed, int most) {
        if (encoding == null || coding(encoding) == Coding.IDENTITY) {
            // A stream would begin with a buffer of kilobytes for the least of bodies.
            int from = packed.arrayOffset() + packed.position();
            if (from == 0 && packed.remaining() == packed.array().length && packed.remaining() <= most) {
                // All that there is, and as it was sent.
                return packed.array();
            }
            return Arrays.copyOfRange(packed.array(), from, from + Math.min(most, packed.remaining()));
        }
        try (InputStream in = open(encoding, packed)) {
            return in.readNBytes(most);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static InputStream open(@Nullable String encoding, ByteBuffer packed) throws IOException {
        int from = packed.arrayOffset() + packed.position();
        InputStream in = new ByteArrayInputStream(packed.array(), from, packed.remaining());
        Coding coding = encoding == null ? Coding.IDENTITY : coding(encoding);
        return switch (coding) {
            case GZIP -> new GZIPInputStream(in);
            // Some send it bare, without the wrapper that RFC 9110 asks for; the wrapper's first byte tells.
            case DEFLATE ->
                packed.hasRemaining() && (packed.array()[from] & 0x0f) == 8
                        ? new InflaterInputStream(in)
                        : new InflaterInputStream(in, new Inflater(true));
            case IDENTITY -> in;
            case null -> in;
        };
    }
}
