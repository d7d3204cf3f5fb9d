package phifleet.common;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was not served, before any dialect gives it a shape.
 *
 * @param status the HTTP status code, 400 to 599
 * @param code a stable word in snake case that a program can branch on, such as {@code text_too_long}
 * @param message one sentence for a person: the field, the value and the bound
 * @param field the path of the offending field, such as {@code texts[3]}; null where no field is at fault
 * @param retryAfter when trying again makes sense; null where it does not
 */
public record Problem(
        int status,
        String code,
        String message,
        @Nullable String field,
        @Nullable Duration retryAfter) {

    /** A mistake of the caller's in one field. */
    public static Problem badRequest(String code, String message, @Nullable String field) {
        return new Problem(400, code, message, field, null);
    }

    /** A problem with a status of its own and no time to try again. */
    public static Problem of(int status, String code, String message, @Nullable String field) {
        return new Problem(status, code, message, field, null);
    }
}
