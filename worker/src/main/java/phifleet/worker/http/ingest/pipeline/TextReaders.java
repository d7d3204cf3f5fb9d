package phifleet.worker.http.ingest.pipeline;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.inference.Catalogue;
import phifleet.inference.model.OcrPart;
import phifleet.inference.tensor.OcrModel;
import phifleet.worker.http.state.WorkerState;

/** The three models that read the text in images together. */
record TextReaders(OcrModel detector, OcrModel direction, OcrModel recognizer) {

    /** Those that the settings name, or the first of their kinds; refused where one is missing. */
    static TextReaders of(OcrSettings settings, WorkerState state) throws Refusal {
        return new TextReaders(
                find(OcrPart.DETECTION, settings, state),
                find(OcrPart.DIRECTION, settings, state),
                find(OcrPart.RECOGNITION, settings, state));
    }

    private static OcrModel find(OcrPart part, OcrSettings settings, WorkerState state) throws Refusal {
        OcrModel found = found(part, settings, state);
        if (found == null) {
            String name = settings.named(part);
            throw new Refusal(Problem.of(
                    424,
                    "stage_missing",
                    "`ocr` needs a " + part.label() + ", and "
                            + (name == null ? "none" : "no such model named " + name)
                            + " is loaded: scripts/models ocr fetches one and prints its lines for models.yaml (task: "
                            + task(part) + "); or send ocr=false",
                    "ocr"));
        }
        return found;
    }

    private static String task(OcrPart part) {
        return switch (part) {
            case DETECTION -> "text-detection";
            case DIRECTION -> "text-direction";
            case RECOGNITION -> "text-recognition";
        };
    }

    private static @Nullable OcrModel found(OcrPart part, OcrSettings settings, WorkerState state) {
        String name = settings.named(part);
        if (name == null) {
            return state.models().all(OcrModel.class).stream()
                    .filter(model -> model.part() == part)
                    .findFirst()
                    .orElse(null);
        }
        return state.models().find(name, OcrModel.class) instanceof Catalogue.Found.Model<OcrModel>(OcrModel model)
                        && model.part() == part
                ? model
                : null;
    }

    /** A part whose model does not serve now; empty where all do. */
    static Optional<OcrPart> absent(OcrSettings settings, WorkerState state) {
        return Arrays.stream(OcrPart.values())
                .filter(part -> found(part, settings, state) == null)
                .findFirst();
    }
}
