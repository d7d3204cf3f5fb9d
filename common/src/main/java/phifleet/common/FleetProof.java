package phifleet.common;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway and a worker show each other that they belong to one fleet, before the gateway sends anything else:
 * {@code GET} {@link #PATH} with a challenge and the gateway's proof; the worker's proof comes back.
 *
 * <p>Both proofs are over the challenge, which is new each time, and over the address at which the connection ends, as each
 * side sees it. So an answer that somebody fetched elsewhere and passed on is of no use: the true worker speaks of its own
 * address. It follows that workers are reached without translation of addresses.
 */
public final class FleetProof {
    /** Where a worker proves itself. */
    public static final String PATH = "/fleet/proof";

    /** Random hexadecimal digits, made by the gateway for this one time. */
    public static final String CHALLENGE_HEADER = "X-Phi-Challenge";

    /** The proof of whoever sends it. */
    public static final String PROOF_HEADER = "X-Phi-Proof";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int CHALLENGE_BYTES = 16;
    private static final Pattern CHALLENGE = Pattern.compile("[0-9a-f]{" + 2 * CHALLENGE_BYTES + "}");

    private FleetProof() {}

    /** A challenge that nobody has seen. */
    public static String newChallenge() {
        byte[] bytes = new byte[CHALLENGE_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * What the gateway sends with its challenge.
     *
     * @param address of the worker's end of the connection, as {@code 10.0.0.7:8000}
     */
    public static String ofGateway(FleetSecret secret, String challenge, String address) {
        return secret.code("gateway", challenge, address);
    }

    /**
     * What the worker answers.
     *
     * @param id of the worker
     * @param address of its end of the connection
     */
    public static String ofWorker(FleetSecret secret, String challenge, String id, String address) {
        return secret.code("worker", challenge, id, address);
    }

    /** Whether a gateway of this fleet sent this. Both come from the network, and may be absent. */
    public static boolean isGateway(
            FleetSecret secret, @Nullable String challenge, String address, @Nullable String proof) {
        return challenge != null
                && proof != null
                && CHALLENGE.matcher(challenge).matches()
                && FleetSecret.same(ofGateway(secret, challenge, address), proof);
    }

    /** Whether the worker of that id answered this. The proof comes from the network, and may be absent. */
    public static boolean isWorker(
            FleetSecret secret, String challenge, String id, String address, @Nullable String proof) {
        return proof != null && FleetSecret.same(ofWorker(secret, challenge, id, address), proof);
    }

    /** What a worker sends with a question about another's part of the index; {@code parts} are all that it says, in a fixed order. */
    public static String ofPart(FleetSecret secret, String... parts) {
        return secret.code("part", parts);
    }

    /** Whether a holder of the secret asks that. The proof comes from the network, and may be absent. */
    public static boolean isPart(FleetSecret secret, @Nullable String proof, String... parts) {
        return proof != null && FleetSecret.same(ofPart(secret, parts), proof);
    }

    /** The signature of a worker's card; {@code parts} are all that it says, in a fixed order. */
    public static String ofCard(FleetSecret secret, String... parts) {
        return secret.code("card", parts);
    }

    /** Whether a holder of the secret signed that card. The signature comes from the network, and may be absent. */
    public static boolean isCard(FleetSecret secret, @Nullable String signature, String... parts) {
        return signature != null && FleetSecret.same(ofCard(secret, parts), signature);
    }
}
