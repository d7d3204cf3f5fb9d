package phifleet.worker.http.heads;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import phifleet.common.Problem;
import phifleet.http.dialect.Problems;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;

/** Reads the labels that a caller has for texts. */
final class LabelList {
    /** Characters: a label is a word or a sentence. */
    static final int LONGEST = 1000;

    private LabelList() {}

    /** One at least, none of them empty, none twice. */
    static List<String> read(JsonInput json, String field, JsonLimits limits) throws BadBody {
        return checked(TextList.strings(json, field, limits), field, limits);
    }

    /** The same of labels that were read already. */
    static List<String> checked(List<String> labels, String field, JsonLimits limits) throws BadBody {
        if (labels.size() > limits.maxTexts()) {
            throw JsonInput.tooMany(field, limits.maxTexts());
        }
        for (int i = 0; i < labels.size(); i++) {
            check(labels.get(i), JsonInput.path(field, i));
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < labels.size(); i++) {
            if (!seen.add(labels.get(i))) {
                String path = JsonInput.path(field, i);
                throw BadBody.value(Problem.badRequest("invalid_value", "`" + path + "` is there twice", path));
            }
        }
        return labels;
    }

    private static void check(String label, String path) throws BadBody {
        if (label.isEmpty()) {
            throw BadBody.value(Problems.empty(path));
        }
        if (label.length() > LONGEST) {
            throw BadBody.value(Fields.tooLong(path, label.length(), LONGEST));
        }
    }
}
