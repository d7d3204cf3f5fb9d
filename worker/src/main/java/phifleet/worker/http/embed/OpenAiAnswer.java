package phifleet.worker.http.embed;

import java.util.List;
import phifleet.http.json.JsonOutput;
import phifleet.inference.model.Vector;
import phifleet.inference.text.VectorType;

/**
 * OpenAI's list of embeddings.
 *
 * @param base64 whether a vector is a string of its bytes, little-endian, rather than a list of numbers
 */
record OpenAiAnswer(VectorType type, boolean base64, String typesField) implements EmbedAnswer {

    @Override
    public List<VectorType> types() {
        return List.of(type);
    }

    @Override
    public boolean isVectorsAlone() {
        return true;
    }

    @Override
    public void head(EmbedResult result, JsonOutput out) {
        out.beginObject().member("object").string("list").member("data").beginList();
    }

    @Override
    public void item(EmbedResult result, int index, JsonOutput out) {
        out.beginObject()
                .member("object")
                .string("embedding")
                .member("index")
                .number(index)
                .member("embedding");
        Vector vector = result.vector(index);
        if (base64) {
            out.base64(type.bytes(vector.values(), result.ranges()));
        } else {
            VectorNumbers.write(vector, type, result.ranges(), out);
        }
        out.endObject();
    }

    @Override
    public void tail(EmbedResult result, JsonOutput out) {
        int tokens = result.encoded().tokens();
        out.endList().member("model").string(result.encoder().description().id());
        out.member("usage").beginObject().member("prompt_tokens").number(tokens);
        out.member("total_tokens").number(tokens).endObject().endObject();
    }
}
