package phifleet.worker.http.ingest;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.worker.index.Hit;
import phifleet.worker.index.ImageRecord;
import phifleet.worker.index.Put;

/** What became of one image of a request. */
sealed interface ImageOutcome {

    /** What the caller calls it; null where it has no name. */
    @Nullable
    String name();

    /**
     * It is in the index now.
     *
     * @param near images that were there before and are near duplicates of it, the nearest first
     */
    record Indexed(@Nullable String name, ImageRecord image, List<Hit> near) implements ImageOutcome {
        public Indexed {
            near = List.copyOf(near);
        }
    }

    /**
     * It is not put in, since the index has it.
     *
     * @param id of the one that is there
     */
    record Duplicate(@Nullable String name, String id, Put.Sameness by) implements ImageOutcome {}

    /** It is not in the index, at least not by this request. */
    record Failed(@Nullable String name, Problem problem) implements ImageOutcome {}
}
