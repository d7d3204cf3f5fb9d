package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * {@code do_lower_case} of sentence-transformers: a normaliser before all others of a {@code tokenizer.json}, so that special tokens are
 * found in a text before it is made lower case.
 */
final class LowerCase {
    private static final String TYPE = "Lowercase";
    private static final String LIST = "normalizers";

    private LowerCase() {}

    /** The same file with that normaliser; as it is where it has one. */
    static byte[] first(byte[] json) throws IOException {
        JsonMapper mapper = new JsonMapper();
        if (!(mapper.readTree(json) instanceof ObjectNode root)) {
            return json;
        }
        JsonNode own = root.path("normalizer");
        JsonNode all = own.path(LIST);
        boolean has = own.path("type").asText().equals(TYPE)
                || all.valueStream().anyMatch(each -> each.path("type").asText().equals(TYPE));
        if (has) {
            return json;
        }
        ObjectNode sequence = mapper.createObjectNode().put("type", "Sequence");
        ArrayNode list = sequence.putArray(LIST);
        list.addObject().put("type", TYPE);
        if (all.isArray()) {
            all.forEach(list::add);
        } else if (own.isObject()) {
            list.add(own);
        }
        root.set("normalizer", sequence);
        return mapper.writeValueAsBytes(root);
    }
}
