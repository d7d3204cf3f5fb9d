package phifleet.inference.hub.remote;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the Hub and its cache are, as the Hub's own tools are told it by variables.
 *
 * @param endpoint http or https, without a slash at its end
 * @param cache the folder with one folder a model
 * @param token who asks; null for anybody
 * @param offline whether the network is not to be used
 */
public record HubSettings(
        URI endpoint, Path cache, @Nullable String token, boolean offline) {
    private static final String ENDPOINT = "https://huggingface.co";
    private static final List<String> TRUE = List.of("1", "ON", "YES", "TRUE");

    /**
     * Reads {@code HF_ENDPOINT}, {@code HF_HUB_CACHE}, {@code HF_HOME}, {@code HF_TOKEN}, {@code HF_TOKEN_PATH} and
     * {@code HF_HUB_OFFLINE}.
     *
     * @param home the user's
     * @throws HubException if the endpoint is no address
     */
    public static HubSettings of(Map<String, String> environment, Path home) throws HubException {
        Path general = value(environment, "XDG_CACHE_HOME") == null
                ? home.resolve(".cache")
                : expanded(environment, "XDG_CACHE_HOME", home);
        Path own = value(environment, "HF_HOME") == null
                ? general.resolve("huggingface")
                : expanded(environment, "HF_HOME", home);
        String older = value(environment, "HUGGINGFACE_HUB_CACHE") == null ? null : "HUGGINGFACE_HUB_CACHE";
        String cacheName = value(environment, "HF_HUB_CACHE") == null ? older : "HF_HUB_CACHE";
        return new HubSettings(
                endpoint(value(environment, "HF_ENDPOINT")),
                cacheName == null ? own.resolve("hub") : expanded(environment, cacheName, home),
                token(environment, own, home),
                isTrue(environment, "HF_HUB_OFFLINE") || isTrue(environment, "TRANSFORMERS_OFFLINE"));
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "HubSettings[endpoint=" + endpoint + ", cache=" + cache + ", token=" + (token == null ? "none" : "set")
                + ", offline=" + offline + "]";
    }

    private static URI endpoint(@Nullable String text) throws HubException {
        String address = text == null ? ENDPOINT : text;
        try {
            URI uri = URI.create(address.replaceAll("/+$", ""));
            if (List.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new HubException(
                HubException.Reason.INVALID, "HF_ENDPOINT is " + address + "; it must be an http or https address");
    }

    private static @Nullable String token(Map<String, String> environment, Path own, Path home) {
        for (String name : List.of("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")) {
            String token = value(environment, name);
            if (token != null) {
                return token.strip();
            }
        }
        Path file = value(environment, "HF_TOKEN_PATH") == null
                ? own.resolve("token")
                : expanded(environment, "HF_TOKEN_PATH", home);
        try {
            String token = Files.isRegularFile(file) ? Files.readString(file).strip() : "";
            return token.isEmpty() ? null : token;
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean isTrue(Map<String, String> environment, String name) {
        String text = value(environment, name);
        return text != null && TRUE.contains(text.toUpperCase(Locale.ROOT));
    }

    private static @Nullable String value(Map<String, String> environment, String name) {
        String text = environment.get(name);
        return text == null || text.isBlank() ? null : text;
    }

    private static Path expanded(Map<String, String> environment, String name, Path home) {
        String text = Objects.requireNonNull(value(environment, name));
        return text.equals("~") || text.startsWith("~/")
                ? home.resolve(text.substring(Math.min(2, text.length())))
                : Path.of(text);
    }
}
