package phifleet.worker.http.heads;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.dialect.TeiProblems;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.worker.http.image.ImageBody;
import phifleet.worker.http.image.ImageFile;

/**
 * An image in {@code inputs} and labels in {@code parameters.candidate_labels}, as Hugging Face's clients ask for their
 * {@code zero-shot-image-classification} at the bare address.
 */
final class HubImageParser implements HeadParser {
    static final String LABELS = "parameters.candidate_labels";
    private static final String INPUTS = "inputs";
    private static final String TEMPLATE = "parameters.hypothesis_template";

    private final JsonLimits limits;
    private final LabelTerms terms;

    HubImageParser(JsonLimits limits) {
        this.limits = limits;
        this.terms = new LabelTerms(LABELS, TEMPLATE, limits);
    }

    @Override
    public ProblemShape problems() {
        return TeiProblems.SHAPE;
    }

    @Override
    public ImageLabelsQuestion parse(byte[] body) throws BadBody {
        Draft draft = new Draft();
        limits.readObject(body, draft::field);
        terms.checkTemplate(draft.template);
        return new ImageLabelsQuestion(
                List.of(TextList.needed(draft.image, INPUTS, "an image's file in base64")),
                INPUTS,
                TextList.needed(draft.labels, LABELS, "a list of strings"),
                draft.template == null ? ImageLabelsQuestion.USUAL_TEMPLATE : draft.template,
                draft.model,
                true,
                Integer.MAX_VALUE,
                Float.NEGATIVE_INFINITY,
                false);
    }

    private final class Draft {
        private @Nullable ImageFile image;
        private @Nullable List<String> labels;
        private @Nullable String template;
        private @Nullable String model;

        void field(String field, JsonInput json) throws BadBody {
            switch (field) {
                case INPUTS -> image = new ImageFile(field, ImageBody.decode(json.file(field), field));
                case "model" -> model = json.optionalText(field);
                case "parameters" -> json.eachField(field, this::parameter);
                default -> json.skip();
            }
        }

        private void parameter(String field, JsonInput json) throws BadBody {
            switch (field) {
                case "candidate_labels" -> labels = json.isNull() ? null : LabelList.read(json, LABELS, limits);
                case "hypothesis_template" -> template = json.optionalText(TEMPLATE);
                default -> json.skip();
            }
        }
    }
}
