package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.http.Json;
import phifleet.inference.Catalogue;
import phifleet.worker.http.state.WorkerState;

/** What is found in images: faces in their records, vehicles and people in indexes of their own. */
class FoundThingsTest {
    private static final int RED = 0xFF2010;
    private static final int BLUE = 0x1020FF;

    /** Where the models see a thing, in an image of theirs. */
    private static final int LEFT = 108;

    private static final int SIDE = 40;

    @TempDir
    Path folder;

    private IndexUnderTest index;

    @BeforeEach
    void start() {
        index = new IndexUnderTest(folder);
        serve(index);
    }

    @AfterEach
    void stop() {
        index.close();
    }

    /** People are red here, cars blue, and faces red too. */
    static void serve(IndexUnderTest index) {
        index.worker.state.set(WorkerState.ready(new Catalogue(List.of(
                SeeingModels.detector("faces", List.of("face")),
                SeeingModels.detector("finder", List.of("person", "car")),
                SeeingModels.encoder("colours", "sum-1")))));
    }

    /** An image that no other seed gives, with a colour in its middle. */
    static BufferedImage image(int seed, int colour) {
        BufferedImage image = SeeingModels.image(seed);
        for (int y = 128; y < 192; y++) {
            for (int x = 128; x < 192; x++) {
                image.setRGB(x, y, colour);
            }
        }
        return image;
    }

    static byte[] png(int seed, int colour) {
        return SeeingModels.file(image(seed, colour), "png");
    }

    private JsonNode known(String path) {
        return Json.of(index.worker.get(path));
    }

    @Test
    void peopleAndVehicles_areIndexedByTheirParts_andFoundWithTheirParentAndBox() {
        String person = index.ingested("?people=true&vehicles=true", png(1, RED), "image/png")
                .at("/images/0/image")
                .asText();
        JsonNode car = index.ingested("?people=true&vehicles=true", png(2, BLUE), "image/png");

        assertThat(car.at("/indexed").toString())
                .isEqualTo("{\"global\":1,\"vehicles\":1,\"people\":0,\"faces\":0,\"ocr\":0}");
        JsonNode held = known("/index");
        assertThat(held.at("/images").asInt()).isEqualTo(2);
        assertThat(held.at("/people").asInt()).isEqualTo(1);
        assertThat(held.at("/vehicles").asInt()).isEqualTo(1);
        assertThat(held.at("/others")).isEmpty();

        BufferedImage part = image(1, RED).getSubimage(LEFT, LEFT, SIDE, SIDE);
        HttpResponse<String> answer = index.send("/search?index=people", SeeingModels.file(part, "png"), "image/png");
        JsonNode found = Json.of(answer).at("/results");
        assertThat(found).hasSize(1);
        assertThat(found.at("/0/image").asText()).isEqualTo(person);
        assertThat(found.at("/0/thing").asText()).isEqualTo(person + "-0");
        assertThat(found.at("/0/score").asDouble()).isCloseTo(1, within(0.001));
        assertThat(found.at("/0/detections/0/label").asText()).isEqualTo("person");
        assertThat(found.at("/0/detections/0/box/0").asDouble()).isCloseTo(LEFT, within(1.0));
        assertThat(found.at("/0/detections/0/box/2").asDouble()).isCloseTo(LEFT + SIDE, within(1.0));
        assertThat(index.search("{\"labels\":[\"car\"],\"index\":\"vehicles\"}")
                        .at("/total")
                        .asInt())
                .isEqualTo(1);
        assertThat(index.search("{\"id\":\"" + person + "\",\"index\":\"vehicles\"}")
                        .at("/total")
                        .asInt())
                .isEqualTo(1);
        assertThat(index.search("{\"labels\":[\"car\"]}").at("/results/0/thing").isMissingNode())
                .isTrue();
    }

    @Test
    void thingsOfAnImageThatIsThere_areIndexedOnce_whoeverSendsItAgain() {
        index.ingest(png(1, RED));
        assertThat(index.search("{\"labels\":[\"person\"],\"index\":\"people\"}")
                        .at("/total")
                        .asInt())
                .isZero();

        JsonNode file = index.ingested("?people=true", png(1, RED), "image/png");
        JsonNode again = index.ingested("?people=true", png(1, RED), "image/png");
        JsonNode pixels = index.ingested("?people=true", SeeingModels.file(image(1, RED), "bmp"), "image/bmp");

        assertThat(file.at("/duplicates").asInt()).isEqualTo(1);
        assertThat(file.at("/indexed/people").asInt()).isEqualTo(1);
        assertThat(again.at("/indexed/people").asInt()).isZero();
        assertThat(pixels.at("/images/0/same").asText()).isEqualTo("pixels");
        assertThat(pixels.at("/indexed/people").asInt()).isZero();
        assertThat(known("/index").at("/people").asInt()).isEqualTo(1);
        index.worker.awaitIdle();
    }

    @Test
    void deletedImage_takesItsThingsAlong_andNoOthers() {
        String first = index.ingested("?people=true", png(1, RED), "image/png")
                .at("/images/0/image")
                .asText();
        index.ingested("?people=true", png(2, RED), "image/png");

        assertThat(index.worker
                        .send(index.worker.request("/images/" + first).DELETE().build())
                        .statusCode())
                .isEqualTo(200);

        assertThat(known("/index").at("/images").asInt()).isEqualTo(1);
        assertThat(known("/index").at("/people").asInt()).isEqualTo(1);
        assertThat(index.search("{\"labels\":[\"person\"],\"index\":\"people\"}")
                        .at("/results/0/image")
                        .asText())
                .isNotEqualTo(first);
    }

    @Test
    void faces_areInTheAnswer_andKeptWithTheirImage() {
        JsonNode answer = index.ingested("?faces=true", png(1, RED), "image/png");
        JsonNode none = index.ingested("?faces=true", png(2, BLUE), "image/png");
        JsonNode unasked = index.ingest(png(3, RED));

        assertThat(answer.at("/indexed/faces").asInt()).isEqualTo(1);
        assertThat(answer.at("/images/0/faces/0/label").asText()).isEqualTo("face");
        assertThat(answer.at("/images/0/faces/0/box/0").asDouble()).isCloseTo(LEFT, within(1.0));
        assertThat(none.at("/indexed/faces").asInt()).isZero();
        assertThat(none.at("/images/0/faces").isArray()).isTrue();
        assertThat(unasked.at("/images/0/faces").isMissingNode()).isTrue();
        JsonNode known = known("/images/" + answer.at("/images/0/image").asText());
        assertThat(known.at("/faces/0/score").asDouble()).isGreaterThan(0.8);
        assertThat(known.at("/detector").asText()).isEqualTo("finder");
        assertThat(known.at("/detections/0/label").asText()).isEqualTo("person");
        assertThat(index.search("{\"labels\":[\"face\"]}").at("/total").asInt()).isEqualTo(1);
    }
}
