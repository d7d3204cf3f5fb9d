package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** What transformers gave of texts and images in one space, for folders of ../shared/models/heads that are named by their path alone. */
record TextImageCases(HeadsUnderTest heads) {
    static final String CLIP = "clip-vit-b32";
    static final String SIGLIP = "siglip-base";

    /** Of numbers of a vector. */
    static final double TEXT = 1e-3;

    /** The same, of pixels that were resampled elsewhere. */
    static final double PICTURE = 2e-2;

    static HeadsUnderTest start() throws Exception {
        return HeadsUnderTest.start(List.of(CLIP, SIGLIP));
    }

    /** @param kind what their ids begin with */
    List<JsonNode> of(String model, String kind) throws Exception {
        List<JsonNode> cases = heads.cases(model).stream()
                .filter(one -> one.path("id").asText().startsWith(kind))
                .toList();
        assertThat(cases).hasSizeGreaterThan(4);
        return cases;
    }

    /** But for the one that is turned as the camera says, of which the library's vector is that of the pixels as they are stored. */
    List<JsonNode> pictures(String model) throws Exception {
        return of(model, "image-").stream()
                .filter(one -> !one.path("id").asText().equals("image-turned"))
                .toList();
    }

    /** An image of a case, in base64. */
    String picture(String model, JsonNode one) throws Exception {
        Path file =
                heads.folder().resolve(model).resolve(one.at("/request/image").asText());
        return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }

    static void same(JsonNode found, JsonNode expected, double bound, Object what) {
        assertThat(found).as("%s", what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).asDouble())
                    .as("%s [%s]", what, i)
                    .isCloseTo(expected.get(i).asDouble(), within(bound));
        }
    }
}
