package phifleet.worker.http.ingest.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.inference.Catalogue;
import phifleet.inference.ServedModel;
import phifleet.inference.paired.TextImageEncoder;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.tensor.ImageReading;
import phifleet.inference.vision.output.Labels;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.OnDemand;
import phifleet.worker.http.state.WorkerState;
import phifleet.worker.index.IndexContents;

/**
 * The models that look at images.
 *
 * @param detector null where none is to look
 * @param faces the detector of faces; null where nobody asks for any
 * @param ocr those that read text; null where nobody asks for any
 * @param texts whose vectors lie beside the encoder's, for it is half of that model; null where it is a whole one
 * @param next those whose vectors another index is filled with, until it takes the place of this one; null where none is to come
 */
public record IngestModels(
        @Nullable ImageModel detector,
        @Nullable ImageModel faces,
        @Nullable TextReaders ocr,
        ImageModel encoder,
        @Nullable TextImageEncoder texts,
        @Nullable IngestModels next) {

    /** Those that the settings name, or the first of their kinds; refused where one is missing. */
    public static IngestModels of(IngestSettings settings, Stages stages, WorkerState state) throws Refusal {
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
                        settings.detector() == null ? IngestModels::findsThings : IngestModels::isDetector,
                        state,
                        "detector",
                        "name one in models.yaml with task: detection, or set ingest.detector to none");
        IngestModels next =
                settings.nextEncoder() == null ? null : encoders(settings.nextEncoder(), "ingest.next-encoder", state);
        ImageModel faces = stages.faces()
                ? find(
                        settings.faces(),
                        settings.faces() == null ? IngestModels::findsFaces : IngestModels::isDetector,
                        state,
                        "face-detector",
                        "name one in models.yaml with task: detection and labels: face, or send faces=false")
                : null;
        TextReaders ocr = stages.ocr() ? TextReaders.of(settings.ocr(), state) : null;
        for (IndexContents contents : stages.things()) {
            requireKnown(contents, detector);
        }
        return encoders(settings.encoder(), "ingest.encoder", state).with(detector, faces, ocr, next);
    }

    private static void requireKnown(IndexContents contents, @Nullable ImageModel detector) throws Refusal {
        if (detector == null || detector.description().task().labels().stream().noneMatch(contents::has)) {
            throw new Refusal(Problem.of(
                    424,
                    "stage_missing",
                    "`" + contents.label() + "` are found by a detector that has labels for them, as coco-80 has, and "
                            + (detector == null
                                    ? "there is none"
                                    : detector.description().id() + " has none")
                            + ": name such a model with ingest.detector, or send " + contents.label() + "=false",
                    contents.label()));
        }
    }

    private static boolean isDetector(ImageModel model) {
        return model.reading() instanceof ImageReading.Boxes;
    }

    private static boolean findsFaces(ImageModel model) {
        List<String> labels = model.description().task().labels();
        return isDetector(model) && labels.size() == 1 && Labels.FACE.equalsIgnoreCase(labels.getFirst());
    }

    private static boolean findsThings(ImageModel model) {
        return isDetector(model) && !findsFaces(model);
    }

    private static boolean isEncoder(ImageModel model) {
        return model.reading() instanceof ImageReading.OneVector;
    }

    /** What makes vectors, alone. */
    private static IngestModels encoders(@Nullable String name, String setting, WorkerState state) throws Refusal {
        TextImageEncoder both = both(name, state);
        ImageModel encoder = both != null
                ? both.images()
                : find(
                        name,
                        IngestModels::isEncoder,
                        state,
                        "image-encoder",
                        "name one in models.yaml with task: image-encoding, or a model of texts and images, or one of"
                                + " them with " + setting);
        return new IngestModels(null, null, null, encoder, both, null);
    }

    private IngestModels with(
            @Nullable ImageModel looking,
            @Nullable ImageModel facing,
            @Nullable TextReaders reading,
            @Nullable IngestModels coming) {
        return new IngestModels(looking, facing, reading, encoder, texts, coming);
    }

    /** The same once the next encoder's index has taken the place of this one's. */
    IngestModels succeeded(IngestModels by) {
        return by.with(detector, faces, ocr, null);
    }

    /**
     * The encoder, and the detector where it serves: for who only reads the index.
     *
     * @throws Refusal where the encoder does not serve; it loads then, where it is one that does on demand
     */
    public static IngestModels ofIndex(IngestSettings settings, WorkerState state, long deadlineNanos) throws Refusal {
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
        return of(
                absent(settings, Stages.NONE, state).isPresent() ? settings.withoutDetector() : settings,
                Stages.NONE,
                state);
    }

    /** One of them that is loaded on demand, and does not serve now; empty where none is to be waited for. */
    public static Optional<String> absent(IngestSettings settings, Stages stages, WorkerState state) {
        Optional<String> encoder = absentEncoder(settings, state);
        if (encoder.isPresent() || !state.isReady()) {
            return encoder;
        }
        Optional<String> faces = stages.faces()
                        && settings.faces() != null
                        && found(settings.faces(), IngestModels::isDetector, state) == null
                ? onDemand(settings.faces(), state, List.of())
                : Optional.empty();
        Optional<String> reading = faces.isPresent() || !stages.ocr()
                ? faces
                : TextReaders.absent(settings.ocr(), state)
                        .flatMap(part -> onDemand(settings.ocr().named(part), state, List.of(part.label())));
        if (reading.isPresent() || IngestSettings.NO_DETECTOR.equals(settings.detector())) {
            return reading;
        }
        return detector(settings, state) != null
                ? Optional.empty()
                : onDemand(settings.detector(), state, List.of("detector"));
    }

    /** The same of the encoder alone. */
    public static Optional<String> absentEncoder(IngestSettings settings, WorkerState state) {
        boolean serves = both(settings.encoder(), state) != null
                || found(settings.encoder(), IngestModels::isEncoder, state) != null;
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
        return found(
                settings.detector(),
                settings.detector() == null ? IngestModels::findsThings : IngestModels::isDetector,
                state);
    }

    /** The encoder alone. */
    public IngestModels withoutDetector() {
        return new IngestModels(null, null, null, encoder, texts, null);
    }

    /** What reads texts too; refused where the encoder knows images alone. */
    public TextImageEncoder reader() throws Refusal {
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
        boolean alone =
                name == null && state.models().all(ImageModel.class).stream().anyMatch(IngestModels::isEncoder);
        return !alone
                        && state.models().find(name, TextImageEncoder.class)
                                instanceof Catalogue.Found.Model<TextImageEncoder>(TextImageEncoder found)
                ? found
                : null;
    }

    private static ImageModel find(
            @Nullable String name, Predicate<ImageModel> kindOf, WorkerState state, String kind, String instead)
            throws Refusal {
        ImageModel found = found(name, kindOf, state);
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

    private static @Nullable ImageModel found(@Nullable String name, Predicate<ImageModel> kindOf, WorkerState state) {
        if (name == null) {
            return state.models().all(ImageModel.class).stream()
                    .filter(kindOf)
                    .findFirst()
                    .orElse(null);
        }
        return state.models().find(name, ImageModel.class)
                                instanceof Catalogue.Found.Model<ImageModel>(ImageModel model)
                        && kindOf.test(model)
                ? model
                : null;
    }
}
