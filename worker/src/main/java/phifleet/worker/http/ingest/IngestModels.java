package phifleet.worker.http.ingest;

import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.inference.Catalogue;
import phifleet.inference.paired.TextImageEncoder;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.tensor.ImageReading;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.WorkerState;

/**
 * The models that look at images.
 *
 * @param detector null where none is to look
 * @param texts whose vectors lie beside the encoder's, for it is half of that model; null where it is a whole one
 * @param next those whose vectors another index is filled with, until it takes the place of this one; null where none is to come
 */
record IngestModels(
        @Nullable ImageModel detector,
        ImageModel encoder,
        @Nullable TextImageEncoder texts,
        @Nullable IngestModels next) {

    /** Those that the settings name, or the first of their kinds; refused where one is missing. */
    static IngestModels of(IngestSettings settings, WorkerState state) throws Refusal {
        if (!state.isReady()) {
            throw new Refusal(ModelProblems.notReady(state));
        }
        if (!settings.keepsIndex()) {
            throw new Refusal(Problem.of(
                    424,
                    "index_missing",
                    "this worker keeps no index: set ingest.folder (PHI_INGEST_FOLDER) to a folder of its own, or"
                            + " ingest.opensearch.url",
                    null));
        }
        ImageModel detector = IngestSettings.NO_DETECTOR.equals(settings.detector())
                ? null
                : find(
                        settings.detector(),
                        ImageReading.Boxes.class,
                        state,
                        "detector",
                        "name one in models.yaml with task: detection, or set ingest.detector to none");
        IngestModels next =
                settings.nextEncoder() == null ? null : encoders(settings.nextEncoder(), "ingest.next-encoder", state);
        return encoders(settings.encoder(), "ingest.encoder", state).with(detector, next);
    }

    /** What makes vectors, alone. */
    private static IngestModels encoders(@Nullable String name, String setting, WorkerState state) throws Refusal {
        TextImageEncoder both = both(name, state);
        ImageModel encoder = both != null
                ? both.images()
                : find(
                        name,
                        ImageReading.OneVector.class,
                        state,
                        "image-encoder",
                        "name one in models.yaml with task: image-encoding, or a model of texts and images, or one of"
                                + " them with " + setting);
        return new IngestModels(null, encoder, both, null);
    }

    private IngestModels with(@Nullable ImageModel looking, @Nullable IngestModels coming) {
        return new IngestModels(looking, encoder, texts, coming);
    }

    /** The same once the next encoder's index has taken the place of this one's. */
    IngestModels succeeded(IngestModels by) {
        return by.with(detector, null);
    }

    /** The encoder alone. */
    IngestModels withoutDetector() {
        return new IngestModels(null, encoder, texts, null);
    }

    /** What reads texts too; refused where the encoder knows images alone. */
    TextImageEncoder reader() throws Refusal {
        if (texts == null) {
            throw new Refusal(Problem.of(
                    424,
                    "model_kind_missing",
                    "the index's vectors are made by " + encoder.description().id()
                            + ", which reads no texts: search by an image, or let a model of texts and images make them"
                            + " (ingest.encoder)",
                    "text"));
        }
        return texts;
    }

    /** A model of texts and images, where that is what is named, or where none is named and none has images alone. */
    private static @Nullable TextImageEncoder both(@Nullable String name, WorkerState state) {
        boolean alone = name == null
                && state.models().all(ImageModel.class).stream()
                        .anyMatch(model -> model.reading() instanceof ImageReading.OneVector);
        return !alone
                        && state.models().find(name, TextImageEncoder.class)
                                instanceof Catalogue.Found.Model<TextImageEncoder>(TextImageEncoder found)
                ? found
                : null;
    }

    private static ImageModel find(
            @Nullable String name,
            Class<? extends ImageReading> reading,
            WorkerState state,
            String kind,
            String instead)
            throws Refusal {
        if (name == null) {
            return state.models().all(ImageModel.class).stream()
                    .filter(model -> reading.isInstance(model.reading()))
                    .findFirst()
                    .orElseThrow(() -> new Refusal(ModelProblems.missingKind(kind, instead)));
        }
        if (state.models().find(name, ImageModel.class) instanceof Catalogue.Found.Model<ImageModel>(ImageModel model)
                && reading.isInstance(model.reading())) {
            return model;
        }
        throw new Refusal(Problem.of(
                424,
                "model_kind_missing",
                "the settings name " + name + " as the " + kind + " of this route, and no such " + kind + " is loaded: "
                        + instead,
                null));
    }
}
