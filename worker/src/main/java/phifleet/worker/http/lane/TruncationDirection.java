package phifleet.worker.http.lane;

import java.util.Locale;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.inference.text.EncodeOptions;

/** The field {@code truncation_direction}, as text-embeddings-inference has it. */
public final class TruncationDirection {
    private TruncationDirection() {}

    /** {@code Left} or {@code Right}; null for what the model's tokeniser does. */
    public static EncodeOptions.Direction read(String field, JsonInput json) throws BadBody {
        String text = json.optionalText(field);
        if (text == null) {
            return EncodeOptions.Direction.USUAL;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "left" -> EncodeOptions.Direction.LEFT;
            case "right" -> EncodeOptions.Direction.RIGHT;
            default -> throw json.mismatch(field, -1, "Left or Right");
        };
    }
}
