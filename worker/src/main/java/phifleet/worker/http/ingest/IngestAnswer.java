package phifleet.worker.http.ingest;

import java.util.List;
import phifleet.http.json.JsonOutput;
import phifleet.worker.http.ingest.pipeline.ImageOutcome;
import phifleet.worker.index.Detected;
import phifleet.worker.index.Hit;
import phifleet.worker.index.ImageRecord;
import phifleet.worker.index.IndexContents;
import phifleet.worker.index.Put;
import phifleet.worker.index.WrittenLine;

/** Writes what became of a request's images. */
final class IngestAnswer {
    private IngestAnswer() {}

    static JsonOutput of(List<ImageOutcome> outcomes, long startNanos) {
        long indexed = count(outcomes, ImageOutcome.Indexed.class);
        long duplicates = count(outcomes, ImageOutcome.Duplicate.class);
        long failed = count(outcomes, ImageOutcome.Failed.class);
        long near = outcomes.stream()
                .filter(outcome -> outcome instanceof ImageOutcome.Indexed found
                        && !found.near().isEmpty())
                .count();
        JsonOutput out = new JsonOutput(1024).beginObject();
        out.member("status").string(failed == 0 ? "success" : failed == outcomes.size() ? "error" : "partial");
        out.member("total").number(outcomes.size());
        out.member("processed").number(indexed + duplicates);
        out.member("duplicates").number(duplicates);
        out.member("errors_count").number(failed);
        out.member("indexed").beginObject().member("global").number(indexed);
        for (IndexContents contents : IndexContents.THINGS) {
            out.member(contents.label())
                    .number(outcomes.stream()
                            .mapToInt(outcome -> outcome.things().getOrDefault(contents, 0))
                            .sum());
        }
        out.member("faces")
                .number(outcomes.stream().mapToInt(IngestAnswer::faces).sum());
        out.member("ocr").number(outcomes.stream().mapToInt(IngestAnswer::lines).sum());
        out.endObject();
        out.member("near_duplicates").number(near);
        out.member("total_time_ms").millis(System.nanoTime() - startNanos);
        out.member("errors").beginList();
        for (ImageOutcome outcome : outcomes) {
            if (outcome instanceof ImageOutcome.Failed(String name, var problem)) {
                out.beginObject().member("id").optional(name);
                out.member("reason").string(problem.message()).member("code").string(problem.code());
                out.endObject();
            }
        }
        out.endList();
        out.member("images").beginList();
        outcomes.forEach(outcome -> image(outcome, out));
        return out.endList().endObject();
    }

    private static int faces(ImageOutcome outcome) {
        return outcome instanceof ImageOutcome.Indexed found && found.record().faces() != null
                ? found.record().faces().size()
                : 0;
    }

    private static int lines(ImageOutcome outcome) {
        return outcome instanceof ImageOutcome.Indexed found && found.record().ocr() != null
                ? found.record().ocr().size()
                : 0;
    }

    private static void image(ImageOutcome outcome, JsonOutput out) {
        switch (outcome) {
            case ImageOutcome.Indexed(String name, ImageRecord image, List<Hit> near, var things) -> {
                out.beginObject().member("id").optional(name);
                out.member("image").string(image.id()).member("outcome").string("indexed");
                out.member("detections").number(image.detections().size());
                List<Detected> faces = image.faces();
                if (faces != null) {
                    out.member("faces");
                    RecordJson.boxes(faces, out);
                }
                List<WrittenLine> lines = image.ocr();
                if (lines != null) {
                    out.member("ocr");
                    RecordJson.lines(lines, out);
                }
                out.member("near_duplicates").beginList();
                for (Hit hit : near) {
                    out.beginObject().member("image").string(hit.image().id());
                    out.member("id").optional(hit.image().name());
                    out.member("score").number(hit.score() == null ? 0 : hit.score());
                    out.endObject();
                }
                out.endList().endObject();
            }
            case ImageOutcome.Duplicate(String name, String id, Put.Sameness by, var things) -> {
                out.beginObject().member("id").optional(name);
                out.member("image").string(id).member("outcome").string("duplicate");
                out.member("same").string(by == Put.Sameness.FILE ? "file" : "pixels");
                out.endObject();
            }
            // Among the errors.
            case ImageOutcome.Failed failed -> {}
        }
    }

    private static long count(List<ImageOutcome> outcomes, Class<? extends ImageOutcome> kind) {
        return outcomes.stream().filter(kind::isInstance).count();
    }
}
