package phifleet.http.json;

/** What a caller sent, cut for messages. */
public final class Excerpt {
    private static final int MAX_LENGTH = 64;

    private Excerpt() {}

    /** At most 64 units of a text; what would be no line of a log, or another one, is shown by its number. */
    public static String of(String text) {
        String cut = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 3) + "...";
        if (cut.chars().noneMatch(Excerpt::isUnprintable)) {
            return cut;
        }
        StringBuilder shown = new StringBuilder();
        cut.chars().forEach(c -> {
            if (isUnprintable(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.append((char) c);
            }
        });
        return shown.toString();
    }

    private static boolean isUnprintable(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e);
    }
}
