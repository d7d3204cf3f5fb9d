package phifleet.worker.http.ingest.pipeline;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.worker.index.Hit;
import phifleet.worker.index.ImageRecord;
import phifleet.worker.index.IndexContents;
import phifleet.worker.index.Put;

/** What became of one image of a request. */
public sealed interface ImageOutcome {

    /** What the caller calls it; null where it has no name. */
    @Nullable
    String name();

    /** What the index calls it; null where it is not in there. */
    @Nullable
    String image();

    /** Things of each kind that were put into an index of theirs; none where nobody asked. */
    default Map<IndexContents, Integer> things() {
        return Map.of();
    }

    /** The same with things of it that were put in. */
    ImageOutcome with(Map<IndexContents, Integer> counts);

    /**
     * It is in the index now.
     *
     * @param near images that were there before and are near duplicates of it, the nearest first
     */
    record Indexed(@Nullable String name, ImageRecord record, List<Hit> near, Map<IndexContents, Integer> things)
            implements ImageOutcome {
        public Indexed {
            near = List.copyOf(near);
            things = Map.copyOf(things);
        }

        @Override
        public String image() {
            return record.id();
        }

        @Override
        public ImageOutcome with(Map<IndexContents, Integer> counts) {
            return new Indexed(name, record, near, counts);
        }
    }

    /**
     * It is not put in, since the index has it.
     *
     * @param image the id of the one that is there
     */
    record Duplicate(@Nullable String name, String image, Put.Sameness by, Map<IndexContents, Integer> things)
            implements ImageOutcome {
        public Duplicate {
            things = Map.copyOf(things);
        }

        @Override
        public ImageOutcome with(Map<IndexContents, Integer> counts) {
            return new Duplicate(name, image, by, counts);
        }
    }

    /** It is not in the index, at least not by this request. */
    record Failed(@Nullable String name, Problem problem) implements ImageOutcome {
        @Override
        public @Nullable String image() {
            return null;
        }

        @Override
        public ImageOutcome with(Map<IndexContents, Integer> counts) {
            return this;
        }
    }
}
