package phifleet.worker.http.oip;

import org.jspecify.annotations.Nullable;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;

/**
 * The parameters of a request or of one of its tensors, as far as they are known; the others are passed over, as Triton does.
 *
 * @param binaryBytes how many bytes behind the JSON a tensor has; -1 for none
 * @param binary whether outputs are wanted as bytes; null where it is not said
 * @param classes how many classes are wanted of an output; 0 for the output itself
 */
record InputParameters(long binaryBytes, @Nullable Boolean binary, int classes) {
    static final InputParameters NONE = new InputParameters(-1, null, 0);

    static InputParameters read(JsonInput json, String field) throws BadBody {
        if (json.isNull()) {
            return NONE;
        }
        json.openNested(field);
        long binaryBytes = -1;
        Boolean binary = null;
        int classes = 0;
        String key;
        while ((key = json.nextField()) != null) {
            String path = field + "." + key;
            switch (key) {
                case "binary_data_size" -> binaryBytes = json.integer64(path, -1, 0, Integer.MAX_VALUE);
                case "binary_data", "binary_data_output" -> binary = json.optionalFlag(path);
                case "classification" -> classes = json.integer(path, -1, 0, Integer.MAX_VALUE);
                case "shared_memory_region", "shared_memory_offset", "shared_memory_byte_size" ->
                    throw BadBody.value(SharedMemory.refusal(path));
                default -> json.skip();
            }
        }
        return new InputParameters(binaryBytes, binary, classes);
    }
}
