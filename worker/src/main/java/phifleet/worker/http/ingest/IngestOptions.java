package phifleet.worker.http.ingest;

import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.Urgency;
import phifleet.http.json.Excerpt;

/** What the query of {@code /ingest} says. */
final class IngestOptions {
    /** Stages that are asked for by name. */
    private static final List<String> STAGES = List.of("faces", "ocr", "vehicles", "people");

    private IngestOptions() {}

    /** How the request's images are to be treated; refused where that cannot be. */
    static ImagePipeline.Wish of(Exchange exchange) throws Refusal {
        MultiMap query = exchange.request().params();
        boolean durable = flag(query, "durable", true);
        for (String stage : STAGES) {
            if (flag(query, stage, false)) {
                throw new Refusal(Problem.of(
                        424,
                        "stage_missing",
                        "`" + stage + "` is no stage of this version: leave it out, or send " + stage + "=false",
                        stage));
            }
        }
        return switch (exchange.urgency()) {
            case Urgency.Reading.Wrong(Problem problem) -> throw new Refusal(problem);
            case Urgency.Reading.Read(Urgency urgency) ->
                new ImagePipeline.Wish(urgency.priority(), urgency.deadlineNanos() - exchange.startNanos(), durable);
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
