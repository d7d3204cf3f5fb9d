package phifleet.worker.bench.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** How a step, or a part made of steps, came to its end. */
enum Outcome {
    DONE,
    /** This machine cannot do it, and the reason is told: an answer, and no failure. */
    NOT_HERE,
    FAILED;

    static final String KEY = "outcome";
    static final String STEPS = "steps";

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static boolean failed(JsonNode row) {
        return row.path(KEY).asText().equals(FAILED.label());
    }

    /**
     * Judges a part by its steps, and writes the outcome and what failed into it: one failed step fails the part, one that was
     * done is enough for the rest, and a part without steps has failed.
     */
    static Outcome judge(ObjectNode part) {
        String failures = StreamSupport.stream(part.path(STEPS).spliterator(), false)
                .filter(Outcome::failed)
                .map(step ->
                        step.path("step").asText() + ": " + step.path("reason").asText())
                .collect(Collectors.joining("; "));
        if (part.path(STEPS).isEmpty()) {
            failures = "no step was run";
        }
        if (part.has("failure")) {
            failures = part.path("failure").asText() + (failures.isEmpty() ? "" : "; " + failures);
        }
        boolean some = StreamSupport.stream(part.path(STEPS).spliterator(), false)
                .anyMatch(step -> step.path(KEY).asText().equals(DONE.label()));
        Outcome outcome = !failures.isEmpty() ? FAILED : some ? DONE : NOT_HERE;
        part.put(KEY, outcome.label());
        if (outcome == FAILED) {
            part.put("failure", failures);
        }
        return outcome;
    }
}
