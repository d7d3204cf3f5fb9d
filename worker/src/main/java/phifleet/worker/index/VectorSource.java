package phifleet.worker.index;

import java.util.Optional;

/**
 * What made an index's vectors, and of what. Those of two sources are never compared, so each has an index of its own.
 *
 * @param model its id
 * @param checksum of its files and of how it sees images, in hexadecimal digits
 * @param dimension numbers of a vector
 * @param contents what each vector is of
 */
public record VectorSource(String model, String checksum, int dimension, IndexContents contents) {
    /** More than Lucene's graphs take. */
    public static final int MAX_DIMENSION = 1024;

    private static final int CHECKSUM_IN_NAME = 16;

    /** Of whole images. */
    public VectorSource(String model, String checksum, int dimension) {
        this(model, checksum, dimension, IndexContents.IMAGES);
    }

    /**
     * As it was written down.
     *
     * @param contents by its label; empty for images, of which indexes said nothing once
     * @return empty where a later version wrote it, of what this one does not know
     */
    public static Optional<VectorSource> written(String model, String checksum, int dimension, String contents) {
        return contents.isEmpty()
                ? Optional.of(new VectorSource(model, checksum, dimension))
                : IndexContents.labelled(contents).map(known -> new VectorSource(model, checksum, dimension, known));
    }

    /** The same model's, of something else. */
    public VectorSource of(IndexContents others) {
        return new VectorSource(model, checksum, dimension, others);
    }

    /** What is written down of the contents; empty for images. */
    public String writtenContents() {
        return contents == IndexContents.IMAGES ? "" : contents.label();
    }

    /** A folder's name that no other source has. */
    String folderName() {
        return model.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.", "_") + "-"
                + checksum.substring(0, Math.min(CHECKSUM_IN_NAME, checksum.length())) + "-" + dimension
                + (contents == IndexContents.IMAGES ? "" : "-" + contents.label());
    }
}
