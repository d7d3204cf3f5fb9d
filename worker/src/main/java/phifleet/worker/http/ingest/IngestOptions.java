package phifleet.worker.http.ingest;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.Urgency;
import phifleet.http.json.Excerpt;
import phifleet.worker.http.ingest.pipeline.ImagePipeline;
import phifleet.worker.http.ingest.pipeline.Refusal;
import phifleet.worker.http.ingest.pipeline.Stages;
import phifleet.worker.index.IndexContents;

/** What the query of {@code /ingest} says. */
final class IngestOptions {
    private static final String FACES = "faces";
    private static final String OCR = "ocr";

    private IngestOptions() {}

    /** How the request's images are to be treated; refused where that cannot be. */
    static ImagePipeline.Wish of(Exchange exchange) throws Refusal {
        MultiMap query = exchange.request().params();
        boolean durable = flag(query, "durable", true);
        List<IndexContents> things = new ArrayList<>();
        for (IndexContents contents : IndexContents.THINGS) {
            if (flag(query, contents.label(), false)) {
                things.add(contents);
            }
        }
        Stages stages = new Stages(flag(query, FACES, false), flag(query, OCR, false), things);
        return switch (exchange.urgency()) {
            case Urgency.Reading.Wrong(Problem problem) -> throw new Refusal(problem);
            case Urgency.Reading.Read(Urgency urgency) ->
                new ImagePipeline.Wish(
                        urgency.priority(), urgency.deadlineNanos() - exchange.startNanos(), durable, stages);
        };
    }

    private static boolean flag(MultiMap query, String key, boolean fallback) throws Refusal {
        @Nullable String text = query.get(key);
        return switch (text) {
            case null -> fallback;
            case "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                throw new Refusal(Problem.badRequest(
                        "invalid_value", "`" + key + "` must be true or false, was '" + Excerpt.of(text) + "'", key));
        };
    }
}
