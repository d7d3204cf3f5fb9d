package phifleet.benchmark.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.HdrHistogram.Histogram;

/** A file of results as a run writes it, of paces that a test chooses. */
public final class WrittenResult {
    private static final JsonMapper JSON = new JsonMapper();

    private WrittenResult() {}

    /** One scenario {@code s} in as many rounds as there are paces, in texts a second. */
    public static Path in(Path folder, String name, String plan, double othersShare, double... paces)
            throws IOException {
        ObjectNode json = JSON.createObjectNode()
                .put("framework", name)
                .put("model", "m")
                .put("model_load_time_ms", 500)
                .put("peak_memory_mb", 200);
        json.putObject("system_info").put("cpu", "c").put("cores", 2).put("memory_gb", 8);
        for (int i = 0; i < paces.length; i++) {
            ObjectNode round = json.withArray("rounds").addObject();
            round.put("framework", name)
                    .put("scenario", "s")
                    .put("round", i + 1)
                    .put("plan", plan);
            round.put("load", "1 text").put("concurrency", 4).put("batch_size", 1);
            round.put("elapsed_s", 1000 / paces[i]).put("requests", 1000).put("cpu_s", 2000 / paces[i]);
            round.put("client_awaiting_share", 1).put("others_cpu_share", othersShare);
            round.put("histogram", histogram((long) (4e9 / paces[i])));
        }
        Path file = folder.resolve(name + ".json");
        JSON.writeValue(file.toFile(), json);
        return file;
    }

    private static String histogram(long nanos) {
        Histogram histogram = new Histogram(3);
        histogram.setAutoResize(true);
        histogram.recordValueWithCount(nanos, 1000);
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }
}
