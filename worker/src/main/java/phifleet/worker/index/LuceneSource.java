package phifleet.worker.index;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What made the vectors, as it stands in an index's commits. */
final class LuceneSource {
    private static final String MODEL = "model";
    private static final String CHECKSUM = "checksum";
    private static final String DIMENSION = "dimension";
    private static final String CONTENTS = "contents";

    private LuceneSource() {}

    static Map<String, String> write(VectorSource source) {
        Map<String, String> written = new HashMap<>(Map.of(
                MODEL, source.model(), CHECKSUM, source.checksum(), DIMENSION, Integer.toString(source.dimension())));
        if (!source.writtenContents().isEmpty()) {
            written.put(CONTENTS, source.writtenContents());
        }
        return Map.copyOf(written);
    }

    /** Who made the vectors of a commit; empty where it does not say. */
    static Optional<VectorSource> read(Map<String, String> written) {
        String model = written.get(MODEL);
        String checksum = written.get(CHECKSUM);
        String dimension = written.get(DIMENSION);
        return model == null || checksum == null || dimension == null || !dimension.matches("[0-9]{1,9}")
                ? Optional.empty()
                : VectorSource.written(
                        model, checksum, Integer.parseInt(dimension), written.getOrDefault(CONTENTS, ""));
    }

    /**
     * Makes sure that an index has the vectors of a source.
     *
     * @throws IndexException if they are another's
     */
    static void require(VectorSource source, Map<String, String> written) throws IndexException {
        if (!written.equals(write(source))) {
            throw new IndexException(
                    "the index has vectors of " + written + ", and " + source + " made those that came");
        }
    }
}
