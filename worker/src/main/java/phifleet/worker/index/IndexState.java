package phifleet.worker.index;

/**
 * An index at one moment.
 *
 * @param images in it
 * @param bytes that it takes on disk
 * @param engine that keeps it
 */
public record IndexState(long images, long bytes, String engine, VectorSource source) {}
