package phifleet.http.json;

/** Where in a body something stands, for messages. */
final class JsonPlace {
    private JsonPlace() {}

    /**
     * As {@code , at line 2, column 5 (byte 17)}.
     *
     * @param offset in bytes from 0; lines and columns count from 1, and a column is a byte too
     */
    static String of(byte[] body, long offset) {
        int at = Math.clamp(offset, 0, body.length);
        int line = 1;
        int begin = 0;
        for (int i = 0; i < at; i++) {
            if (body[i] == '\n') {
                line++;
                begin = i + 1;
            }
        }
        return ", at line " + line + ", column " + (at - begin + 1) + " (byte " + at + ")";
    }
}
