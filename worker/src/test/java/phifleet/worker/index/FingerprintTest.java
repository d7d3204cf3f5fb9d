package phifleet.worker.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.vision.decode.Image;

class FingerprintTest {
    @Test
    void imohash_ofPhotos_isThatOfTheReference() throws Exception {
        Path photos = SharedFiles.file("data/photos");
        JsonNode expected =
                new ObjectMapper().readTree(photos.resolve("imohash.json").toFile());
        int compared = 0;
        for (Map.Entry<String, JsonNode> photo : expected.properties()) {
            Path file = photos.resolve(photo.getKey());
            if (Files.exists(file)) {
                assertThat(Fingerprint.of(Files.readAllBytes(file)).imohash())
                        .as(photo.getKey())
                        .isEqualTo(photo.getValue().asText());
                compared++;
            }
        }
        // Small ones, which are hashed whole, and large ones.
        assertThat(compared).isGreaterThanOrEqualTo(8);
    }

    @Test
    void imohash_aboutTheThreshold_samplesFromItOn() {
        byte[] below = new byte[128 * 1024 - 1];
        byte[] at = new byte[128 * 1024];
        String belowBefore = Fingerprint.of(below).imohash();
        String atBefore = Fingerprint.of(at).imohash();
        // Outside of the samples.
        below[20_000] = 1;
        at[20_000] = 1;

        assertThat(Fingerprint.of(below).imohash()).isNotEqualTo(belowBefore);
        assertThat(Fingerprint.of(at).imohash()).isEqualTo(atBefore);
    }

    @Test
    void imohash_ofNothing_isZeros() {
        assertThat(Fingerprint.of(new byte[0]).imohash()).isEqualTo("0".repeat(32));
    }

    @Test
    void id_isSha256() {
        assertThat(Fingerprint.of("abc".getBytes(StandardCharsets.US_ASCII)).id())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void ofPixels_tellsShapesOfTheSameBytesApart() {
        byte[] rgb = new byte[3 * 6];

        assertThat(Fingerprint.ofPixels(new Image(2, 3, rgb)))
                .isEqualTo(Fingerprint.ofPixels(new Image(2, 3, rgb.clone())))
                .isNotEqualTo(Fingerprint.ofPixels(new Image(3, 2, rgb)));
    }
}
