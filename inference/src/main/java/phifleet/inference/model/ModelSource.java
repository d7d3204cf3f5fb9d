package phifleet.inference.model;

import java.nio.file.Path;

/** Where the files of a model are. */
public sealed interface ModelSource {

    /**
     * Inside a jar on the class path.
     *
     * @param weightsBytes length of the weights, by which what was prepared from them is known again: once it is, the
     *     weights themselves need not be there any more
     */
    record Embedded(String weightsResource, long weightsBytes, String tokenizerResource) implements ModelSource {}

    /** In the file system. */
    record Files(Path weights, Path tokenizer) implements ModelSource {}
}
