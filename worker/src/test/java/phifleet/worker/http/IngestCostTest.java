package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.common.FleetHeaders;

/** What {@code /ingest} says that it took. */
class IngestCostTest {
    @TempDir
    Path folder;

    private static long deviceNanos(IndexUnderTest index, byte[] image) {
        HttpResponse<String> answer = index.worker.send(index.worker
                .request("/ingest", "Content-Type", "image/png")
                .POST(HttpRequest.BodyPublishers.ofByteArray(image))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return FleetHeaders.deviceNanos(
                answer.headers().firstValue(FleetHeaders.DEVICE_MS).orElse(null));
    }

    @Test
    void answer_saysWhatAllRunsOfItsImagesTook_ofAllModels() {
        try (IndexUnderTest index = new IndexUnderTest(folder)) {
            // The first opens the index too, which asks the encoder who it is.
            assertThat(deviceNanos(index, SeeingModels.png(1))).isPositive();
            assertThat(deviceNanos(index, SeeingModels.png(2)))
                    .as("detector and encoder")
                    .isEqualTo(2 * FakeTensors.DEVICE_NANOS);
            assertThat(deviceNanos(index, SeeingModels.png(2)))
                    .as("what is known already is not run")
                    .isZero();
        }
    }
}
