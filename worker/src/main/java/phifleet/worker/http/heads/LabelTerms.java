package phifleet.worker.http.heads;

import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonLimits;
import phifleet.inference.text.ZeroShot;
import phifleet.worker.http.state.ModelProblems;

/**
 * What goes with labels of the caller's own, in any dialect.
 *
 * @param labelsField what the labels are called
 * @param templateField what the template is called
 */
record LabelTerms(String labelsField, String templateField, JsonLimits limits) {

    /**
     * Refuses a template that is too long or has no place for a label.
     *
     * @param template null for the usual one
     */
    void checkTemplate(@Nullable String template) throws BadBody {
        if (template != null && template.length() > LabelList.LONGEST) {
            throw BadBody.value(Fields.tooLong(templateField, template.length(), LabelList.LONGEST));
        }
        if (template != null && !ZeroShot.hasPlace(template)) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "`" + templateField + "` must have {} where the label goes, was \"" + Excerpt.of(template) + "\"",
                    templateField));
        }
    }

    /** Refuses more pairs of an input and a label than one request may have. */
    void checkPairs(String field, int inputs, int labels) throws BadBody {
        long pairs = (long) inputs * labels;
        if (pairs > limits.maxTexts()) {
            throw BadBody.value(Problem.of(
                    413,
                    "too_many_texts",
                    "`" + field + "` and `" + labelsField + "` make " + pairs + " pairs, and at most "
                            + limits.maxTexts() + " are taken in one request",
                    labelsField));
        }
    }

    /** Refuses texts that make too much to read with each label. */
    void checkCharacters(String field, long characters, int labels) throws BadBody {
        if (characters * labels > ModelProblems.MOST_REPEATED) {
            throw BadBody.value(ModelProblems.tooMuchRepeated(field, labelsField, characters * labels));
        }
    }
}
