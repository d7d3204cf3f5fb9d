package phifleet.worker.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsReader;
import phifleet.common.settings.SettingsSection;
import phifleet.http.EdgeSettings;
import phifleet.http.caller.ApiKey;
import phifleet.http.caller.NamedKey;
import phifleet.http.json.JsonLimits;
import phifleet.worker.http.ingest.pipeline.IngestSettings;

/**
 * How the worker listens and what it takes.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param eventLoops threads that read and write sockets
 * @param maxBodyBytes of one request
 * @param bodyTimeout from the head of a request to the last byte of its body
 * @param bodyBytesPerSecond the least pace of a body
 * @param idleTimeout of a connection on which nothing moves
 * @param maxTexts texts, or lists of token ids, of one request
 * @param maxTextCharacters UTF-16 units of one text, or ids of one list
 * @param maxJsonDepth nested lists and objects
 * @param apiKey what every route but health asks for; null for none
 * @param keys those of callers who have their own, beside that
 * @param adminKey what operators' routes ask for; null where there are none
 * @param corsOrigins origins whose pages may call; {@code *} for all
 * @param requestTimeout deadline of a request that sets none
 * @param maxRequestTimeout the longest deadline that a request may set
 * @param grpcPort where gRPC calls are taken, on the same address; 0 for any free one, {@link #NO_GRPC} for none
 * @param preparationThreads threads that parse and tokenise large requests, and as many that judge equations
 * @param decoding how images become pixels
 * @param ingest what becomes of images that are to be indexed
 */
public record HttpSettings(
        String host,
        int port,
        int eventLoops,
        int maxBodyBytes,
        Duration bodyTimeout,
        int bodyBytesPerSecond,
        Duration idleTimeout,
        int maxTexts,
        int maxTextCharacters,
        int maxJsonDepth,
        @Nullable ApiKey apiKey,
        List<NamedKey> keys,
        @Nullable ApiKey adminKey,
        List<String> corsOrigins,
        Duration requestTimeout,
        Duration maxRequestTimeout,
        int grpcPort,
        int preparationThreads,
        DecodingSettings decoding,
        IngestSettings ingest) {
    /** As a port: gRPC is not served. */
    public static final int NO_GRPC = -1;

    private static final int MIB = 1 << 20;

    public HttpSettings {
        keys = List.copyOf(keys);
        corsOrigins = List.copyOf(corsOrigins);
    }

    /** What holds where nothing is set. */
    public static HttpSettings defaults() {
        SettingsReader empty = SettingsReader.ofYaml("the defaults", "", "", Map.of());
        return read(empty.root(), Runtime.getRuntime().availableProcessors());
    }

    /**
     * Reads the sections {@code http}, which may be called {@code server}, {@code grpc}, {@code images} and {@code ingest}, and the keys
     * {@code api-key}, {@code api-keys} and {@code admin-key}.
     *
     * @param processors what the machine has
     */
    public static HttpSettings read(SettingsSection root, int processors) {
        String key = root.optionalText("api-key");
        String adminKey = root.optionalText("admin-key");
        root.alias("server", "http");
        SettingsSection http = root.section("http");
        Duration longest = millis(http, "max-request-timeout-ms", 600_000, 1);
        Duration timeout = millis(http, "request-timeout-ms", 60_000, 1);
        if (timeout.compareTo(longest) > 0) {
            http.mistake(
                    "request-timeout-ms",
                    Long.toString(timeout.toMillis()),
                    "must be at most max-request-timeout-ms, which is " + longest.toMillis());
        }
        return new HttpSettings(
                http.text("host", "0.0.0.0"),
                http.integer("port", 8000, 0, 65_535),
                // Some 50 µs a request: one loop feeds more cores than one machine's models leave free.
                http.integer("event-loops", Math.clamp(processors / 4, 1, 4), 1, 256),
                http.integer("max-body-bytes", 16 * MIB, 1024, 1024 * MIB),
                millis(http, "body-timeout-ms", 30_000, 100),
                http.integer("body-bytes-per-second", 4096, 0, 1024 * MIB),
                millis(http, "idle-timeout-ms", 75_000, 1000),
                http.integer("max-texts", 2048, 1, 1_000_000),
                http.integer("max-text-characters", 200_000, 1, 100_000_000),
                http.integer("max-json-depth", 32, 4, 1000),
                key == null ? null : new ApiKey(key),
                NamedKey.read(root, key),
                adminKey == null ? null : new ApiKey(adminKey),
                http.list("cors-origins", List.of()),
                timeout,
                longest,
                root.section("grpc").integer("port", NO_GRPC, NO_GRPC, 65_535),
                http.integer("preparation-threads", Math.clamp(processors / 2, 1, 16), 1, 256),
                DecodingSettings.read(
                        root.section("images"), processors, Runtime.getRuntime().maxMemory()),
                IngestSettings.read(root.section("ingest"), processors));
    }

    /** What the edge needs of it. */
    EdgeSettings edge() {
        return new EdgeSettings(
                apiKey,
                keys,
                adminKey,
                corsOrigins,
                maxBodyBytes,
                bodyTimeout,
                bodyBytesPerSecond,
                requestTimeout,
                maxRequestTimeout);
    }

    /** What the JSON of a request may hold. */
    JsonLimits json() {
        return new JsonLimits(maxTexts, maxTextCharacters, maxJsonDepth);
    }

    /** The same where images may stand beside texts. */
    JsonLimits jsonWithImages() {
        return new JsonLimits(maxTexts, maxTextCharacters, Math.max(maxBodyBytes, maxTextCharacters), maxJsonDepth);
    }

    /** The same where a text may be a whole file. */
    JsonLimits jsonWithFiles() {
        return new JsonLimits(maxTexts, maxBodyBytes, maxJsonDepth);
    }

    private static Duration millis(SettingsSection section, String key, long fallback, long least) {
        return Duration.ofMillis(
                section.number(key, fallback, least, Duration.ofDays(1).toMillis()));
    }
}
