package phifleet.worker.http.image;

/** The file of an image in a request, with the path by which the request has it. */
public final class ImageFile {
    private final String path;
    private final byte[] bytes;

    /** @param bytes handed over */
    public ImageFile(String path, byte[] bytes) {
        this.path = path;
        this.bytes = bytes;
    }

    /** As {@code texts[3].image}. */
    public String path() {
        return path;
    }

    /** As it would lie on a disk; not copied. */
    public byte[] bytes() {
        return bytes;
    }
}
