package phifleet.common;

import java.util.Optional;
import java.util.Set;
import phifleet.common.WorkerCard.HeldModel;

/** Which paths need the index of images, and how a worker says that it keeps one: beside its models, as something that it holds. */
public final class IndexRoutes {
    /** The one that a request may bring any number of images to, each with bounds of its own. */
    public static final String INGEST = "/ingest";

    /** As what a worker holds an index. No model has such a name, since paths have it. */
    public static final String NAME = "/index";

    /** What a worker holds that keeps an index of its own. */
    public static final HeldModel HELD = new HeldModel(NAME, "image-index");

    /** What a worker holds whose index others have too, so that each of them may be asked. */
    public static final HeldModel SHARED = new HeldModel(NAME, "shared-image-index");

    /** What a worker holds that keeps a part of an index, and answers for the whole: each of them may be asked. */
    public static final HeldModel PART = new HeldModel(NAME, "part-of-image-index");

    private static final Set<String> PATHS = Set.of(INGEST, "/search", "/index");
    private static final String IMAGES = "/images/";

    private IndexRoutes() {}

    /** Whether a path needs the index. */
    public static boolean includes(String path) {
        return PATHS.contains(path) || path.startsWith(IMAGES);
    }

    /**
     * What a worker holds for its index; empty where it keeps none.
     *
     * @param shared whether others have the same one
     * @param part whether others have the rest of it
     */
    public static Optional<HeldModel> held(boolean keepsIndex, boolean shared, boolean part) {
        return keepsIndex ? Optional.of(shared ? SHARED : part ? PART : HELD) : Optional.empty();
    }
}
