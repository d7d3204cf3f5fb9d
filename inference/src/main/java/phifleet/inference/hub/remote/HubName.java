package phifleet.inference.hub.remote;

import java.util.regex.Pattern;

/**
 * A model's name on the Hub, and which of its revisions is meant.
 *
 * @param id {@code owner/name}, or {@code name} alone for the oldest ones
 * @param revision a branch, a tag, {@code refs/pr/N} or a commit
 */
public record HubName(String id, String revision) {
    /** Where nothing is said. */
    public static final String MAIN = "main";

    // As the Hub's own validate_repo_id: 96 characters, neither -- nor .. inside, neither - nor . at an end.
    private static final Pattern ID = Pattern.compile("(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)?[A-Za-z0-9_][A-Za-z0-9_.-]*");
    private static final int MOST_CHARACTERS = 96;
    private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./+-]{0,127}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /**
     * Reads {@code NAME[@REVISION]}.
     *
     * @throws HubException where it is no name; the message says what one is
     */
    public static HubName parse(String text) throws HubException {
        int at = text.indexOf('@');
        String id = at < 0 ? text : text.substring(0, at);
        String revision = at < 0 ? MAIN : text.substring(at + 1);
        boolean isId = id.length() <= MOST_CHARACTERS
                && ID.matcher(id).matches()
                && !id.contains("--")
                && !id.contains("..")
                && !id.matches(".*[-.](/.*)?")
                && !id.endsWith(".git");
        if (!isId) {
            throw new HubException(
                    HubException.Reason.INVALID,
                    "'" + shown(id)
                            + "' is no model's name on the Hub: it is owner/name, in letters, digits, '-', '_' and"
                            + " '.', of 96 characters at most, as in BAAI/bge-m3");
        }
        if (!REVISION.matcher(revision).matches() || revision.contains("..") || revision.endsWith("/")) {
            throw new HubException(
                    HubException.Reason.INVALID,
                    "'" + shown(revision) + "' is no revision of " + id + ": it is a branch, a tag or a commit, as in "
                            + id + "@main");
        }
        return new HubName(id, revision);
    }

    /** Whether the revision is a commit, which never changes. */
    boolean isCommit() {
        return COMMIT.matcher(revision).matches();
    }

    /** What the cache calls its folder. */
    String folder() {
        return "models--" + id.replace("/", "--");
    }

    @Override
    public String toString() {
        return revision.equals(MAIN) ? id : id + '@' + revision;
    }

    /** Without what would disturb a terminal or a log. */
    private static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > MOST_CHARACTERS ? clean.substring(0, MOST_CHARACTERS) + "…" : clean;
    }
}
