package phifleet.http.caller;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import phifleet.common.Sha256;

/**
 * Those who may ask: all who show the key that is shared, or nobody in particular where there is none, and each who has a key of its own.
 * One for all event loops of a program. Thread-safe.
 */
public final class Callers {
    /** The name of those who show the shared key. */
    public static final String SHARED = "shared";

    /** The name of those of whom no key is asked. */
    public static final String NOBODY = "none";

    private final @Nullable ApiKey shared;
    private final Caller common;
    private final List<Known> known;

    private record Known(Caller caller, String sha256) {}

    /**
     * Those of an edge.
     *
     * @param shared the key that all may share; null where nobody is asked for one
     * @param keys of callers of their own
     * @param nanos the clock of their bounds
     */
    public Callers(@Nullable ApiKey shared, List<NamedKey> keys, LongSupplier nanos) {
        this.shared = shared;
        this.common = new Caller(unbounded(shared == null ? NOBODY : SHARED), nanos);
        this.known = keys.stream()
                .map(key -> new Known(new Caller(key, nanos), key.sha256()))
                .toList();
    }

    private static NamedKey unbounded(String name) {
        return new NamedKey(name, "", OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** Who brings that {@code Authorization} header; empty where it is nobody who may ask. */
    public Optional<Caller> find(@Nullable String authorization) {
        if (shared == null || shared.admits(authorization)) {
            return Optional.of(common);
        }
        String given = known.isEmpty() ? null : ApiKey.given(authorization);
        return given == null ? Optional.empty() : owner(given);
    }

    /** Takes equally long whichever it is, and however much of one is right. */
    private Optional<Caller> owner(String given) {
        byte[] hash = HexFormat.of()
                .formatHex(Sha256.digest().digest(given.getBytes(StandardCharsets.UTF_8)))
                .getBytes(StandardCharsets.US_ASCII);
        Optional<Caller> found = Optional.empty();
        for (Known one : known) {
            if (MessageDigest.isEqual(hash, one.sha256().getBytes(StandardCharsets.US_ASCII))) {
                found = Optional.of(one.caller());
            }
        }
        return found;
    }

    /** All of them, those first who have no key of their own. */
    public List<Caller> all() {
        List<Caller> all = new ArrayList<>();
        all.add(common);
        known.forEach(one -> all.add(one.caller()));
        return all;
    }
}
