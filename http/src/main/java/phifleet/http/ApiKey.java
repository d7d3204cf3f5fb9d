package phifleet.http;

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
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        secret, authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
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
