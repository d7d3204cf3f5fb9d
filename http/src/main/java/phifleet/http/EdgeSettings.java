package phifleet.http;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.http.caller.ApiKey;
import phifleet.http.caller.NamedKey;

/**
 * What an edge asks of every request.
 *
 * @param apiKey what every route that is not open asks for; null for none
 * @param keys those of callers who have their own, beside that
 * @param adminKey what operators' routes ask for in its place; null where there are none
 * @param corsOrigins origins whose pages may call; {@code *} for all
 * @param maxBodyBytes of one request, as sent and inflated
 * @param bodyTimeout from the head of a request to the last byte of a body that is held whole
 * @param bodyBytesPerSecond the least pace of a body, over each five seconds
 * @param requestTimeout deadline of a request that sets none
 * @param maxRequestTimeout the longest deadline that a request may set
 */
public record EdgeSettings(
        @Nullable ApiKey apiKey,
        List<NamedKey> keys,
        @Nullable ApiKey adminKey,
        List<String> corsOrigins,
        long maxBodyBytes,
        Duration bodyTimeout,
        int bodyBytesPerSecond,
        Duration requestTimeout,
        Duration maxRequestTimeout) {
    public EdgeSettings {
        keys = List.copyOf(keys);
        corsOrigins = List.copyOf(corsOrigins);
    }

    /** Of an edge where nobody has a key of his own. */
    public EdgeSettings(
            @Nullable ApiKey apiKey,
            @Nullable ApiKey adminKey,
            List<String> corsOrigins,
            long maxBodyBytes,
            Duration bodyTimeout,
            int bodyBytesPerSecond,
            Duration requestTimeout,
            Duration maxRequestTimeout) {
        this(
                apiKey,
                List.of(),
                adminKey,
                corsOrigins,
                maxBodyBytes,
                bodyTimeout,
                bodyBytesPerSecond,
                requestTimeout,
                maxRequestTimeout);
    }
}
