package phifleet.worker.http.ingest;

import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.Problems;
import phifleet.worker.http.ingest.pipeline.IngestSettings;

/** What is wrong with a file before anybody looks into it. */
final class IngestProblems {
    private IngestProblems() {}

    /** Why a file of so many bytes is not taken; null where it is. */
    static @Nullable Problem unfit(long bytes, IngestSettings settings) {
        if (bytes == 0) {
            return Problem.badRequest("invalid_image", "the file is empty", "image");
        }
        return bytes > settings.maxFileBytes() ? tooLarge(settings.maxFileBytes()) : null;
    }

    static Problem tooLarge(long most) {
        return Problem.of(
                413, "image_too_large", "the file has more than " + most + " bytes, which is the limit", "image");
    }

    static Problem full() {
        return Problems.busy("too many images are being read: send this one again");
    }

    static Problem tooMany(int most) {
        return Problem.of(
                413, "too_many_images", "one request may bring " + most + " images; the rest was not read", "images");
    }
}
