package phifleet.http.json;

/** Lone surrogates: UTF-16 that is no text, such as JSON's escapes can bring in. */
final class Surrogates {
    private Surrogates() {}

    /** Where the first surrogate without its partner stands; -1 where there is none. */
    static int firstLone(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || i + 1 == length || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
