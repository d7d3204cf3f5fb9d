package phifleet.worker.http.image;

import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;

/** The file of an image, out of a request's body. */
public final class ImageBody {
    private static final String DATA_URL = "data:";
    private static final String BASE64 = ";base64,";
    private static final Pattern WHITE = Pattern.compile("\\s+");

    private ImageBody() {}

    /** Whether a body of this type is the file itself. */
    public static boolean isFile(@Nullable String mediaType) {
        if (mediaType == null) {
            return false;
        }
        String lower = mediaType.toLowerCase(Locale.ROOT);
        return lower.startsWith("image/") || lower.startsWith("application/octet-stream");
    }

    /** From base64, with or without {@code data:image/jpeg;base64,} before it. */
    public static byte[] decode(String text, String field) throws BadBody {
        String code = text;
        if (text.startsWith(DATA_URL)) {
            int comma = text.indexOf(BASE64);
            if (comma < 0) {
                throw wrong(field, "is a data URL without base64");
            }
            code = text.substring(comma + BASE64.length());
        }
        try {
            return base64(code);
        } catch (IllegalArgumentException e) {
            throw wrong(field, "is no base64: " + e.getMessage());
        }
    }

    /** Some break it into lines. */
    private static byte[] base64(String code) {
        try {
            return Base64.getDecoder().decode(code);
        } catch (IllegalArgumentException e) {
            String whole = WHITE.matcher(code).replaceAll("");
            if (whole.length() == code.length()) {
                throw e;
            }
            return Base64.getDecoder().decode(whole);
        }
    }

    private static BadBody wrong(String field, String what) {
        return BadBody.value(Problem.badRequest("invalid_value", "`" + field + "` " + what, field));
    }
}
