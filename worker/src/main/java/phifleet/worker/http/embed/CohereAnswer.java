package phifleet.worker.http.embed;

import java.util.List;
import java.util.Locale;
import phifleet.http.json.JsonOutput;
import phifleet.inference.text.TextInput;
import phifleet.inference.text.VectorType;

/**
 * {@code {"id","embeddings":{type:[[n]]},"texts","meta","response_type"}}: Cohere's, each type's vectors in a list of their own; by its
 * first version, where no type is named, {@code "embeddings":[[f]]}.
 *
 * @param version of Cohere's API, 1 or 2
 * @param byType whether the types are named
 * @param forms in the order of the answer, none twice, one at least
 */
record CohereAnswer(int version, boolean byType, List<Form> forms) implements EmbedAnswer {
    CohereAnswer {
        forms = List.copyOf(forms);
    }

    /** What Cohere calls a type of embeddings. */
    enum Form {
        FLOAT(VectorType.FLOAT32),
        INT8(VectorType.INT8),
        UINT8(VectorType.UINT8),
        BINARY(VectorType.BINARY),
        UBINARY(VectorType.UBINARY),
        /** Strings of floats' bytes. */
        BASE64(VectorType.FLOAT32);

        private final VectorType type;

        Form(VectorType type) {
            this.type = type;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public List<VectorType> types() {
        return forms.stream().map(form -> form.type).toList();
    }

    @Override
    public String typesField() {
        return "embedding_types";
    }

    @Override
    public int items(EmbedResult result) {
        return forms.size() * result.pooled().size();
    }

    @Override
    public void head(EmbedResult result, JsonOutput out) {
        out.beginObject().member("id").string(result.requestId()).member("embeddings");
        if (byType) {
            out.beginObject();
        }
    }

    @Override
    public void item(EmbedResult result, int index, JsonOutput out) {
        int texts = result.pooled().size();
        Form form = forms.get(index / texts);
        if (index % texts == 0) {
            if (byType) {
                out.member(form.label());
            }
            out.beginList();
        }
        if (form == Form.BASE64) {
            out.base64(form.type.bytes(result.vector(index % texts).values(), result.ranges()));
        } else {
            VectorNumbers.write(result.vector(index % texts), form.type, result.ranges(), out);
        }
        if (index % texts == texts - 1) {
            out.endList();
        }
    }

    @Override
    public void tail(EmbedResult result, JsonOutput out) {
        if (byType) {
            out.endObject();
        }
        out.member("texts").beginList();
        for (TextInput input : result.request().inputs().list()) {
            if (input instanceof TextInput.Text(String text)) {
                out.string(text);
            }
        }
        out.endList().member("meta").beginObject();
        out.member("api_version")
                .beginObject()
                .member("version")
                .string(Integer.toString(version))
                .endObject();
        out.member("billed_units").beginObject().member("input_tokens");
        out.number(result.encoded().tokens()).endObject().endObject();
        out.member("response_type")
                .string(byType ? "embeddings_by_type" : "embeddings_floats")
                .endObject();
    }
}
