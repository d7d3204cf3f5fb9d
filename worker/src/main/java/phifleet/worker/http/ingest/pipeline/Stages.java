package phifleet.worker.http.ingest.pipeline;

import java.util.List;
import phifleet.worker.index.IndexContents;

/**
 * What is to be done with images beside the usual.
 *
 * @param faces whether faces are looked for
 * @param ocr whether the text in them is read
 * @param things of which kinds the indexes are filled; without images, which always are
 */
public record Stages(boolean faces, boolean ocr, List<IndexContents> things) {
    static final Stages NONE = new Stages(false, false, List.of());

    public Stages {
        things = List.copyOf(things);
    }
}
