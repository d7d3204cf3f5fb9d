package phifleet.worker.http.embed;

import phifleet.http.json.JsonOutput;
import phifleet.inference.model.Vector;

/** OpenAI's list of embeddings, as numbers or as base64 of little-endian floats. */
enum OpenAiAnswer implements EmbedAnswer {
    FLOAT,
    BASE64;

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
        switch (this) {
            case FLOAT -> out.numbers(vector.values());
            case BASE64 -> out.base64(vector.values());
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
