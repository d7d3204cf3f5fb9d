package phifleet.worker.http.ingest.pipeline;

import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.model.OcrPart;

/**
 * Who reads the text in images, for those who ask.
 *
 * @param detector the model that finds lines; null for the first of that kind, as with the others
 * @param direction the one that tells which way up they are
 * @param recognizer the one that reads them
 * @param score that a line must reach, 0 to 1
 */
public record OcrSettings(
        @Nullable String detector,
        @Nullable String direction,
        @Nullable String recognizer,
        double score) {
    /** The first model of each kind. */
    static final OcrSettings DEFAULT = new OcrSettings(null, null, null, 0.5);

    static OcrSettings read(SettingsSection section) {
        return new OcrSettings(
                section.optionalText("detector"),
                section.optionalText("direction"),
                section.optionalText("recognizer"),
                section.decimal("score", DEFAULT.score(), 0, 1));
    }

    /** The model that is named for a part; null where none is. */
    @Nullable
    String named(OcrPart part) {
        return switch (part) {
            case DETECTION -> detector;
            case DIRECTION -> direction;
            case RECOGNITION -> recognizer;
        };
    }
}
