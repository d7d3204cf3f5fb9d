package phifleet.inference.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import phifleet.inference.model.ModelException;

/** The labels of a classifier, as transformers reads them of {@code config.json}. */
final class HeadLabels {
    /** What transformers leaves out of the file. */
    private static final int USUAL = 2;

    /** More than any classifier has; a bound, since a file may say anything. */
    private static final int MOST = 1_000_000;

    private HeadLabels() {}

    static int count(JsonFile config) {
        int named = config.at("id2label").size();
        return named > 0 ? named : config.at("num_labels").asInt(USUAL);
    }

    /** In the order of their numbers; {@code LABEL_n} for those without a name. */
    static List<String> read(JsonFile config) throws ModelException {
        int count = count(config);
        if (count < 1 || count > MOST) {
            throw new ModelException(config.path() + " says that there are " + count + " labels");
        }
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            labels.add("LABEL_" + i);
        }
        for (Map.Entry<String, JsonNode> label : config.at("id2label").properties()) {
            int number;
            try {
                number = Integer.parseInt(label.getKey());
            } catch (NumberFormatException e) {
                number = -1;
            }
            if (number < 0 || number >= count) {
                throw new ModelException(config.path() + ": id2label has the id " + label.getKey()
                        + ", and its ids must be 0 to " + (count - 1));
            }
            labels.set(number, label.getValue().asText());
        }
        return labels;
    }
}
