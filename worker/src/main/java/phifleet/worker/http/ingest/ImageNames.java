package phifleet.worker.http.ingest;

import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;

/** What callers call their images. */
final class ImageNames {
    private static final int LONGEST = 1024;

    private ImageNames() {}

    /** The name where it can be kept. */
    static @Nullable String checked(@Nullable String name, String field) throws BadBody {
        if (name != null && name.length() > LONGEST) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "`" + field + "` has " + name.length() + " characters, at most " + LONGEST + " are taken",
                    field));
        }
        return name == null || name.isEmpty() ? null : name;
    }
}
