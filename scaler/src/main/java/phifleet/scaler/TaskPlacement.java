package phifleet.scaler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import phifleet.scaler.EngineAnswer.Bytes;

/**
 * Where the tasks that should run are.
 *
 * @param placed those that have a node
 * @param pending those for which the Swarm has none
 * @param why the engine's own words on one of these; empty where there is none
 */
record TaskPlacement(int placed, int pending, String why) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads what {@code GET /tasks} answers. */
    static TaskPlacement read(Bytes answer) throws IOException {
        int placed = 0;
        int pending = 0;
        String why = "";
        for (JsonNode task : JSON.readTree(answer.array())) {
            if (!task.path("NodeID").asText("").isEmpty()) {
                placed++;
            } else if (task.path("Status").path("State").asText().equals("pending")) {
                pending++;
                String words = task.path("Status").path("Err").asText("");
                why = words.isEmpty() ? why : words;
            }
        }
        return new TaskPlacement(placed, pending, why);
    }
}
