package phifleet.worker.http;

import java.nio.file.Path;
import java.util.List;

/** A worker with models that see colours and an index, in this process, for inputs that nobody meant. */
public final class IngestUnderFuzz implements AutoCloseable {
    private final IndexUnderTest index;

    /** @param folder where its index is */
    public IngestUnderFuzz(Path folder) {
        index = new IndexUnderTest(
                "http: {max-body-bytes: 2000000}\ningest: {folder: " + folder
                        + ", max-file-bytes: 300000, max-images: 12}",
                64L << 20);
    }

    /** Where it listens. */
    public int port() {
        return index.worker.port;
    }

    /** Small files of one picture, in several formats. */
    public static List<byte[]> images(int seed) {
        return List.of(
                SeeingModels.png(seed),
                SeeingModels.file(SeeingModels.image(seed), "jpg"),
                SeeingModels.file(SeeingModels.image(seed), "gif"),
                SeeingModels.file(SeeingModels.image(seed), "bmp"));
    }

    @Override
    public void close() {
        index.close();
    }
}
