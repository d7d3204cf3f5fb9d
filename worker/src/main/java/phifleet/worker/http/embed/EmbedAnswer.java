package phifleet.worker.http.embed;

import phifleet.http.json.JsonOutput;

/** How a dialect writes vectors. The parts are written one after the other, so that a large answer never lies in memory whole. */
interface EmbedAnswer {

    /** How many items the answer has. */
    default int items(EmbedResult result) {
        return result.pooled().size();
    }

    void head(EmbedResult result, JsonOutput out);

    /** One item. */
    void item(EmbedResult result, int index, JsonOutput out);

    void tail(EmbedResult result, JsonOutput out);
}
