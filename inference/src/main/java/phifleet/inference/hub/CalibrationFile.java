package phifleet.inference.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.NumberRanges;

/** The bounds of a model's numbers in a file: {@code {"model","texts","least":[f],"greatest":[f]}}. */
public final class CalibrationFile {
    private static final JsonMapper JSON = new JsonMapper();

    private CalibrationFile() {}

    /**
     * Reads one.
     *
     * @throws ModelException where it is not there, or its lists are of unlike lengths or not in order
     */
    public static NumberRanges read(Path file) throws ModelException {
        JsonFile json = JsonFile.read(file);
        float[] least = floats(json, "least");
        float[] greatest = floats(json, "greatest");
        if (least.length == 0 || least.length != greatest.length) {
            throw new ModelException(file + " has " + least.length + " numbers in least and " + greatest.length
                    + " in greatest; as many as a vector are wanted in each");
        }
        for (int i = 0; i < least.length; i++) {
            if (!(least[i] <= greatest[i])) {
                throw new ModelException(
                        file + ": least[" + i + "] is " + least[i] + " and greatest[" + i + "] " + greatest[i]);
            }
        }
        return new NumberRanges(least, greatest);
    }

    /** Writes one. */
    public static void write(Path file, String model, int texts, float[] least, float[] greatest) throws IOException {
        ObjectNode json = JSON.createObjectNode().put("model", model).put("texts", texts);
        for (float value : least) {
            json.withArray("least").add(value);
        }
        for (float value : greatest) {
            json.withArray("greatest").add(value);
        }
        Files.writeString(file, json + "\n");
    }

    private static float[] floats(JsonFile json, String name) throws ModelException {
        JsonNode list = json.at(name);
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = list.get(i);
            if (!value.isNumber() || !Float.isFinite(value.floatValue())) {
                throw new ModelException(json.path() + ": " + name + "[" + i + "] is " + value + ", not a number");
            }
            values[i] = value.floatValue();
        }
        return values;
    }
}
