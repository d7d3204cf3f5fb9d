package phifleet.worker.index.opensearch;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsSection;

/**
 * Where OpenSearch is, and how it keeps images.
 *
 * @param url as {@code https://search:9200}; a path before OpenSearch's own may follow
 * @param prefix of the names of all its indexes
 * @param engine of the graphs
 * @param credentials null where it asks for none
 * @param certificates a PEM file of those that vouch for it; null for the JDK's own
 * @param shards of an index that is made
 * @param replicas of each shard
 * @param timeout for one answer
 * @param tries at a request, or at one image of it, that may go well a little later
 */
public record OpenSearchSettings(
        URI url,
        String prefix,
        Engine engine,
        @Nullable Credentials credentials,
        @Nullable Path certificates,
        int shards,
        int replicas,
        Duration timeout,
        int tries) {
    private static final String PREFIX = "[a-z0-9][a-z0-9._-]{0,63}";

    /** What builds and searches graphs in OpenSearch's k-NN plugin. */
    public enum Engine {
        /** In Java: filters are kept while searching. */
        LUCENE,
        /** In native libraries that OpenSearch's own distribution brings. */
        FAISS
    }

    /** Reads a section; null where it names no url. */
    public static @Nullable OpenSearchSettings read(SettingsSection section) {
        String prefix = section.text("index-prefix", "phi-images");
        if (!prefix.matches(PREFIX)) {
            section.mistake(
                    "index-prefix",
                    prefix,
                    "must be 1 to 64 small letters, digits, dots, dashes or underscores, and begin with a letter or digit");
        }
        Engine engine = section.choice("engine", Engine.LUCENE, Engine.class);
        Credentials credentials = credentials(section);
        Path certificates = Optional.ofNullable(section.optionalText("certificates"))
                .map(Path::of)
                .orElse(null);
        int shards = section.integer("shards", 1, 1, 1024);
        int replicas = section.integer("replicas", 1, 0, 64);
        Duration timeout = Duration.ofMillis(section.integer("timeout-ms", 10_000, 100, 300_000));
        int tries = section.integer("tries", 5, 1, 20);
        String url = section.optionalText("url");
        URI address = url == null ? null : address(url, section);
        return address == null
                ? null
                : new OpenSearchSettings(
                        address, prefix, engine, credentials, certificates, shards, replicas, timeout, tries);
    }

    private static @Nullable URI address(String url, SettingsSection section) {
        String bound = "must look like https://HOST:9200, without user, query or fragment";
        try {
            URI address = URI.create(url.replaceFirst("/+$", ""));
            boolean fits = ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getQuery() == null
                    && address.getFragment() == null;
            if (fits) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the text, which may have a password in it.
        }
        section.mistake("url", null, bound);
        return null;
    }

    private static @Nullable Credentials credentials(SettingsSection section) {
        String user = section.optionalText("user");
        String password = section.optionalText("password");
        String key = section.optionalText("api-key");
        if (key != null && (user != null || password != null)) {
            section.mistake("api-key", null, "stands in place of user and password, which are there too");
        }
        if ((user == null) != (password == null)) {
            section.mistake(user == null ? "user" : "password", null, "is required where the other of the two is set");
        }
        if (key != null) {
            return Credentials.ofKey(key);
        }
        return user == null || password == null ? null : Credentials.ofUser(user, password);
    }
}
