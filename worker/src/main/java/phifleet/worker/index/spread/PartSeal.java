package phifleet.worker.index.spread;

import java.util.HexFormat;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetProof;
import phifleet.common.FleetSecret;
import phifleet.common.Sha256;

/**
 * By what a keeper knows that another member of its fleet asks: a code over the question, whom it is for and when, which only holders of
 * the fleet's secret can make. In a fleet without a secret the API key stands in its place, where there is one. Immutable.
 */
public final class PartSeal {
    /** When it was made, in milliseconds since 1970. */
    public static final String TIME_HEADER = "X-Phi-Time";

    /** For how long a question is good, whichever clock is wrong. */
    private static final long LONGEST_MILLIS = 120_000;

    private final @Nullable FleetSecret secret;
    private final @Nullable String authorization;
    private final LongSupplier millis;

    /**
     * @param authorization the header that brings the API key; null where there is none
     * @param millis the time, since 1970
     */
    public PartSeal(@Nullable FleetSecret secret, @Nullable String authorization, LongSupplier millis) {
        this.secret = secret;
        this.authorization = authorization;
        this.millis = millis;
    }

    /** Whether a question needs no other key: it is good by itself, or not at all. */
    public boolean stands() {
        return secret != null;
    }

    /** The headers of a question. */
    Map<String, String> on(String keeper, String what, byte[] body) {
        if (secret == null) {
            return authorization == null ? Map.of() : Map.of("Authorization", authorization);
        }
        String time = Long.toString(millis.getAsLong());
        return Map.of(
                TIME_HEADER, time, FleetProof.PROOF_HEADER, FleetProof.ofPart(secret, parts(keeper, what, time, body)));
    }

    /**
     * Whether a question comes from a member of the fleet.
     *
     * @param self the id of this worker
     * @param time what {@link #TIME_HEADER} says
     * @param proof what {@link FleetProof#PROOF_HEADER} says
     */
    public boolean admits(String self, String what, byte[] body, @Nullable String time, @Nullable String proof) {
        if (secret == null) {
            return true;
        }
        return time != null
                && time.matches("[0-9]{1,15}")
                && Math.abs(millis.getAsLong() - Long.parseLong(time)) <= LONGEST_MILLIS
                && FleetProof.isPart(secret, proof, parts(self, what, time, body));
    }

    private static String[] parts(String keeper, String what, String time, byte[] body) {
        return new String[] {
            keeper, what, time, HexFormat.of().formatHex(Sha256.digest().digest(body))
        };
    }
}
