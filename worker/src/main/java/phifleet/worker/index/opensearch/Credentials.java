package phifleet.worker.index.opensearch;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What OpenSearch knows a worker by.
 *
 * @param header the value of {@code Authorization}, which is never shown
 */
public record Credentials(String header) {

    /** Basic authentication, as the security plugin has it. */
    public static Credentials ofUser(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Credentials("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** A key, as services before OpenSearch ask for. */
    public static Credentials ofKey(String key) {
        return new Credentials("ApiKey " + key);
    }

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
