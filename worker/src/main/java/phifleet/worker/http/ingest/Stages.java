package phifleet.worker.http.ingest;

import java.util.List;
import phifleet.worker.index.IndexContents;

/**
 * What is to be done with images beside the usual.
 *
 * @param faces whether faces are looked for
 * @param things of which kinds the indexes are filled; without images, which always are
 */
record Stages(boolean faces, List<IndexContents> things) {
    static final Stages NONE = new Stages(false, List.of());

    Stages {
        things = List.copyOf(things);
    }
}
