package phifleet.worker.http.heads;

import phifleet.common.Problem;

/** Fields that several of these requests have. */
final class Fields {
    private Fields() {}

    static Problem tooLong(String field, int length, int most) {
        return Problem.of(
                413,
                "text_too_long",
                "`" + field + "` has " + length + " characters, at most " + most + " are taken",
                field);
    }
}
