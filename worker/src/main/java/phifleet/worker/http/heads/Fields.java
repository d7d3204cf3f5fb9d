package phifleet.worker.http.heads;

import java.util.Locale;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.inference.text.EncodeOptions;

/** Fields that several of these requests have. */
final class Fields {
    private Fields() {}

    /** {@code Left} or {@code Right}; null means right. */
    static EncodeOptions.Direction direction(String field, JsonInput json) throws BadBody {
        String text = json.optionalText(field);
        return switch (text == null ? "right" : text.toLowerCase(Locale.ROOT)) {
            case "left" -> EncodeOptions.Direction.LEFT;
            case "right" -> EncodeOptions.Direction.RIGHT;
            default -> throw json.mismatch(field, -1, "Left or Right");
        };
    }
}
