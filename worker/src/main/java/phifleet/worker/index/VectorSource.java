package phifleet.worker.index;

/**
 * What made an index's vectors. Those of two sources are never compared, so each has an index of its own.
 *
 * @param model its id
 * @param checksum of its files and of how it sees images, in hexadecimal digits
 * @param dimension numbers of a vector
 */
public record VectorSource(String model, String checksum, int dimension) {
    /** More than Lucene's graphs take. */
    public static final int MAX_DIMENSION = 1024;

    private static final int CHECKSUM_IN_NAME = 16;

    /** A folder's name that no other source has. */
    String folderName() {
        return model.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.", "_") + "-"
                + checksum.substring(0, Math.min(CHECKSUM_IN_NAME, checksum.length())) + "-" + dimension;
    }
}
