package phifleet.inference.hub.remote;

import java.io.IOException;
import java.io.Serial;
import java.net.HttpURLConnection;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import phifleet.inference.hub.remote.HubException.Reason;

/** What the Hub's answers mean that are not the thing asked for. */
final class HubAnswers {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int MOST_SHOWN = 200;

    private HubAnswers() {}

    /**
     * The failure behind a status.
     *
     * @throws IOException in its place, for a trouble of the server's that may pass
     */
    static HubException refusal(HttpURLConnection answer, HubName name, HubSettings settings) throws IOException {
        int status = answer.getResponseCode();
        String code = text(answer, "X-Error-Code");
        String said = text(answer, "X-Error-Message");
        String retryAfter = text(answer, "Retry-After");
        answer.disconnect();
        boolean known = settings.token() != null;
        if (status == TOO_MANY) {
            return new HubException(
                    Reason.RATE_LIMITED,
                    name + ": the Hub takes no more requests for now"
                            + (retryAfter.isEmpty() ? "" : "; try again in " + retryAfter + " s")
                            + (known ? "" : ", or set HF_TOKEN, for which its limit is higher"));
        }
        return switch (code) {
            case "GatedRepo" -> gated(name, settings);
            case "RevisionNotFound" ->
                new HubException(Reason.NO_REVISION, name.id() + " has no revision " + name.revision());
            case "RepoNotFound" -> missing(name, known);
            case "DisabledRepo" -> new HubException(Reason.MISSING, name + " is disabled on the Hub: " + said);
            case "EntryNotFound" ->
                new HubException(Reason.SERVER, name + ": the Hub lists a file that it does not have: " + said);
            default -> byStatus(status, name, settings, said);
        };
    }

    private static HubException byStatus(int status, HubName name, HubSettings settings, String said)
            throws IOException {
        return switch (status) {
            case UNAUTHORIZED, NOT_FOUND -> missing(name, settings.token() != null);
            case FORBIDDEN -> gated(name, settings);
            default -> {
                if (status >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
                    throw new PassingTrouble(
                            "the Hub answers with status " + status + (said.isEmpty() ? "" : ": " + said));
                }
                yield new HubException(
                        Reason.SERVER,
                        name + ": the Hub answers with status " + status + (said.isEmpty() ? "" : ": " + said));
            }
        };
    }

    /** A failure that is the server's and not the network's. */
    static final class PassingTrouble extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        PassingTrouble(String message) {
            super(message);
        }
    }

    private static HubException gated(HubName name, HubSettings settings) {
        return new HubException(
                Reason.GATED,
                name + " is gated: accept its terms at " + settings.endpoint() + "/" + name.id()
                        + (settings.token() == null
                                ? ", and set HF_TOKEN to a token of yours"
                                : " with the account of the token in HF_TOKEN"));
    }

    private static HubException missing(HubName name, boolean known) {
        return new HubException(
                Reason.MISSING,
                "the Hub has no model " + name.id()
                        + (known
                                ? ", or the token in HF_TOKEN is not valid or may not see it"
                                : ", or it is private: then set HF_TOKEN"));
    }

    /** Where a redirect leads. */
    static URI target(HttpURLConnection answer, URI from) throws HubException {
        String location = text(answer, "Location");
        try {
            URI target = from.resolve(location);
            boolean safe = "https".equals(target.getScheme())
                    || ("http".equals(target.getScheme()) && "http".equals(from.getScheme()));
            if (!location.isEmpty() && safe && target.getHost() != null) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new HubException(Reason.SERVER, from + " leads to '" + location + "', which is not followed");
    }

    /** A model that was renamed leads to its new name; following it silently would leave the old one in use for good. */
    static void mustNotBeRenamed(URI target, URI endpoint, HubName name) throws HubException {
        String before = endpoint.getPath() + "/api/models/";
        @Nullable String path = target.getPath();
        if (path != null && path.startsWith(before)) {
            String rest = path.substring(before.length());
            int end = rest.indexOf("/revision/");
            String id = end < 0 ? rest : rest.substring(0, end);
            if (!id.equals(name.id())) {
                throw new HubException(Reason.RENAMED, name.id() + " is called " + clean(id) + " today: use that name");
            }
        }
    }

    static String origin(URI address) {
        return address.getScheme() + "://" + address.getAuthority();
    }

    private static String text(HttpURLConnection answer, String header) {
        String value = answer.getHeaderField(header);
        return value == null ? "" : header.equals("Location") ? value : clean(value);
    }

    private static String clean(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "…" : line;
    }
}
