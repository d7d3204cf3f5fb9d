package phifleet.worker.http.heads;

import phifleet.common.Problem;

/** Fields that several of these requests have. */
final class Fields {
    /** Characters that are read again and again: some 2 s of a tokeniser's work. */
    static final long MOST_REPEATED = 4L << 20;

    private Fields() {}

    static Problem tooLong(String field, int length, int most) {
        return Problem.of(
                413,
                "text_too_long",
                "`" + field + "` has " + length + " characters, at most " + most + " are taken",
                field);
    }

    /** One field stands with each entry of another, so that a small body could ask for any amount of work. */
    static Problem tooMuchRepeated(String field, String each, long characters) {
        return Problem.of(
                413,
                "text_too_long",
                "`" + field + "` and each of `" + each + "` make " + characters + " characters to read, at most "
                        + MOST_REPEATED + " are taken",
                field);
    }
}
