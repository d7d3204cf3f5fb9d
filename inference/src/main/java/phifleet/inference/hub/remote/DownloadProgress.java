package phifleet.inference.hub.remote;

/** Is told how far a download is. Called by several threads at once. */
public interface DownloadProgress {
    /** Says nothing to nobody. */
    DownloadProgress SILENT = new DownloadProgress() {};

    /**
     * Files were found to be needed.
     *
     * @param bytes theirs
     * @param present of these, already here
     */
    default void needs(HubName name, int files, long bytes, long present) {}

    /** Bytes came. Negative where what had come had to be thrown away. */
    default void came(long bytes) {}

    /** Another process is fetching the same file; this one waits. */
    default void waits(String file) {}

    /** Something was decided that the user may want to know. */
    default void says(String line) {}

    /** All of a model is here. */
    default void done(HubName name) {}
}
