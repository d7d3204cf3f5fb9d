package phifleet.worker.model;

import java.nio.file.Path;

/** Where the files of a model are. */
public sealed interface ModelSource {

    /** Inside a jar on the class path. */
    record Embedded(String weightsResource, String tokenizerResource) implements ModelSource {}

    /** In the file system. */
    record Files(Path weights, Path tokenizer) implements ModelSource {}
}
