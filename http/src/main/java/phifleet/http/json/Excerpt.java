package phifleet.http.json;

/** What a caller sent, cut for messages. */
public final class Excerpt {
    private static final int MAX_LENGTH = 64;

    private Excerpt() {}

    /** At most 64 units of a text. */
    public static String of(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 3) + "...";
    }
}
