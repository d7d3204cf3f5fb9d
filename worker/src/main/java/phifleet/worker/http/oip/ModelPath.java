package phifleet.worker.http.oip;

import java.util.Optional;
import phifleet.http.PathNames;

/**
 * What a path below {@code /v2/models/} asks for.
 *
 * @param model its name, decoded
 * @param version empty where none is named
 * @param action what follows: {@code infer}, {@code ready}, {@code config}, {@code stats}, or empty for the model itself
 */
record ModelPath(String model, String version, String action) {
    static final String PREFIX = "/v2/models/";
    private static final String VERSIONS = "versions";

    /** Reads a path; empty where it has another form. */
    static Optional<ModelPath> read(String path) {
        if (!path.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String[] parts = path.substring(PREFIX.length()).split("/", -1);
        Optional<String> model = PathNames.decode(parts[0]);
        boolean versioned = parts.length > 2 && parts[1].equals(VERSIONS);
        int used = versioned ? 3 : 1;
        if (model.isEmpty() || model.get().isEmpty() || parts.length > used + 1) {
            return Optional.empty();
        }
        return Optional.of(
                new ModelPath(model.get(), versioned ? parts[2] : "", parts.length > used ? parts[used] : ""));
    }
}
