package phifleet.worker.http.embed;

import phifleet.http.json.JsonOutput;
import phifleet.inference.model.Vector;

/** OpenAI's list of embeddings, as numbers or as base64 of little-endian floats. */
enum OpenAiAnswer implements EmbedAnswer {
    FLOAT,
    BASE64;

    @Override
    public void head(EmbedResult result, JsonOutput out) {
        out.raw("{\"object\":\"list\",\"data\":[");
    }

    @Override
    public void item(EmbedResult result, int index, JsonOutput out) {
        out.raw("{\"object\":\"embedding\",\"index\":").number(index).raw(",\"embedding\":");
        Vector vector = result.vector(index);
        switch (this) {
            case FLOAT -> out.numbers(vector.values());
            case BASE64 -> out.base64(vector.values());
        }
        out.raw('}');
    }

    @Override
    public void tail(EmbedResult result, JsonOutput out) {
        int tokens = result.encoded().tokens();
        out.raw("],\"model\":").string(result.encoder().description().id());
        out.raw(",\"usage\":{\"prompt_tokens\":").number(tokens);
        out.raw(",\"total_tokens\":").number(tokens).raw("}}");
    }
}
