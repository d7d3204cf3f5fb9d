package phifleet.worker.http.embed;

import java.util.List;
import phifleet.http.json.JsonOutput;
import phifleet.inference.text.VectorType;

/** How a dialect writes vectors. The parts are written one after the other, so that a large answer never lies in memory whole. */
interface EmbedAnswer {

    /** The types that vectors are wanted in. */
    default List<VectorType> types() {
        return List.of(VectorType.FLOAT32);
    }

    /** The field of the request that names them. */
    default String typesField() {
        return "output_dtype";
    }

    /** Whether it says no more than one type's vectors, so that their bytes could take its place. */
    default boolean isVectorsAlone() {
        return false;
    }

    /** How many items the answer has. */
    default int items(EmbedResult result) {
        return result.pooled().size();
    }

    void head(EmbedResult result, JsonOutput out);

    /** One item. */
    void item(EmbedResult result, int index, JsonOutput out);

    void tail(EmbedResult result, JsonOutput out);
}
