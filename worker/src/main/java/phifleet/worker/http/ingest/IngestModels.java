package phifleet.worker.http.ingest;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.inference.Catalogue;
import phifleet.inference.ServedModel;
import phifleet.inference.paired.TextImageEncoder;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.tensor.ImageReading;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.OnDemand;
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

    /**
     * The encoder, and the detector where it serves: for who only reads the index.
     *
     * @throws Refusal where the encoder does not serve; it loads then, where it is one that does on demand
     */
    static IngestModels ofIndex(IngestSettings settings, WorkerState state, long deadlineNanos) throws Refusal {
        String absent = absentEncoder(settings, state).orElse(null);
        if (absent != null) {
            switch (state.demand().call(absent, deadlineNanos).orElse(null)) {
                case OnDemand.Call.Refused(Problem problem) -> throw new Refusal(problem);
                case OnDemand.Call.Coming coming ->
                    throw new Refusal(new Problem(
                            503,
                            "model_loading",
                            "the index's encoder " + coming.id() + " is loading: ask again then",
                            null,
                            coming.expected().plusSeconds(1)));
                case null -> {}
            }
        }
        // A detector that is on demand need not be there for it.
        return of(absent(settings, state).isPresent() ? settings.withoutDetector() : settings, state);
    }

    /** One of them that is loaded on demand, and does not serve now; empty where none is to be waited for. */
    static Optional<String> absent(IngestSettings settings, WorkerState state) {
        Optional<String> encoder = absentEncoder(settings, state);
        if (encoder.isPresent() || !state.isReady() || IngestSettings.NO_DETECTOR.equals(settings.detector())) {
            return encoder;
        }
        return detector(settings, state) != null
                ? Optional.empty()
                : onDemand(settings.detector(), state, List.of("detector"));
    }

    /** The same of the encoder alone. */
    static Optional<String> absentEncoder(IngestSettings settings, WorkerState state) {
        boolean serves = both(settings.encoder(), state) != null
                || found(settings.encoder(), ImageReading.OneVector.class, state) != null;
        return serves || !state.isReady()
                ? Optional.empty()
                : onDemand(settings.encoder(), state, List.of("image-encoder", "text-image-encoder"));
    }

    private static Optional<String> onDemand(@Nullable String name, WorkerState state, List<String> kinds) {
        if (name == null) {
            return kinds.stream()
                    .flatMap(kind -> state.demand().ofKind(kind).stream())
                    .findFirst();
        }
        // One that serves is of another kind, which waiting does not change.
        return state.demand().standings().stream()
                .filter(model -> model.id().equals(name) || model.aliases().contains(name))
                .filter(model -> state.models().find(name, ServedModel.class) instanceof Catalogue.Found.Missing)
                .map(OnDemand.Standing::id)
                .findFirst();
    }

    private static @Nullable ImageModel detector(IngestSettings settings, WorkerState state) {
        return found(settings.detector(), ImageReading.Boxes.class, state);
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
        ImageModel found = found(name, reading, state);
        if (found != null) {
            return found;
        }
        if (name == null) {
            throw new Refusal(ModelProblems.missingKind(kind, instead));
        }
        throw new Refusal(Problem.of(
                424,
                "model_kind_missing",
                "the settings name " + name + " as the " + kind + " of this route, and no such " + kind + " is loaded: "
                        + instead,
                null));
    }

    private static @Nullable ImageModel found(
            @Nullable String name, Class<? extends ImageReading> reading, WorkerState state) {
        if (name == null) {
            return state.models().all(ImageModel.class).stream()
                    .filter(model -> reading.isInstance(model.reading()))
                    .findFirst()
                    .orElse(null);
        }
        return state.models().find(name, ImageModel.class)
                                instanceof Catalogue.Found.Model<ImageModel>(ImageModel model)
                        && reading.isInstance(model.reading())
                ? model
                : null;
    }
}
