package phifleet.http.caller;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A secret that requests have to bring. Never printed. */
public final class ApiKey {
    private static final String SCHEME = "Bearer ";

    private final byte[] secret;

    public ApiKey(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether an {@code Authorization} header brings the key; takes equally long however much of it is right. */
    public boolean admits(@Nullable String authorization) {
        String given = given(authorization);
        return given != null && MessageDigest.isEqual(secret, given.getBytes(StandardCharsets.UTF_8));
    }

    /** The key that an {@code Authorization} header brings; null where it brings none. */
    static @Nullable String given(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? authorization.substring(SCHEME.length()).strip()
                : null;
    }

    /** The {@code Authorization} header that brings it. */
    public String authorization() {
        return SCHEME + new String(secret, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "ApiKey[hidden]";
    }
}
