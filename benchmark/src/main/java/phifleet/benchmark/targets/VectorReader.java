package phifleet.benchmark.targets;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the vectors out of a JSON answer, whatever lies around them: every array of numbers is one, but for a {@code shape}. */
final class VectorReader {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int USUAL_DIMENSION = 384;

    private VectorReader() {}

    /**
     * Reads them, in their order.
     *
     * @param parts how many vectors lie in one array, end to end
     */
    static List<float[]> read(byte[] answer, int parts) throws IOException {
        List<float[]> vectors = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(answer)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_ARRAY && "shape".equals(parser.currentName())) {
                    parser.skipChildren();
                } else if (token.isNumeric() && parser.getParsingContext().inArray()) {
                    split(numbers(parser), parts, vectors);
                }
            }
        }
        return vectors;
    }

    /** Those from the current one to the array's end. */
    private static float[] numbers(JsonParser parser) throws IOException {
        float[] numbers = new float[USUAL_DIMENSION];
        int length = 0;
        for (; parser.currentToken() != JsonToken.END_ARRAY; parser.nextToken()) {
            if (length == numbers.length) {
                numbers = Arrays.copyOf(numbers, length * 2);
            }
            numbers[length++] = parser.getFloatValue();
        }
        return Arrays.copyOf(numbers, length);
    }

    private static void split(float[] numbers, int parts, List<float[]> vectors) throws IOException {
        if (numbers.length % parts != 0) {
            throw new IOException(numbers.length + " numbers are not " + parts + " vectors");
        }
        int dimension = numbers.length / parts;
        for (int i = 0; i < parts; i++) {
            vectors.add(Arrays.copyOfRange(numbers, i * dimension, (i + 1) * dimension));
        }
    }
}
