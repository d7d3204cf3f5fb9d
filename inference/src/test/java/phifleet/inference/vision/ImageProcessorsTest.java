package phifleet.inference.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Preprocessing;
import phifleet.inference.model.Resize;
import phifleet.inference.vision.decode.Image;

/** Holds the processors that are known by name against what transformers made of random images; {@code image-processors.py} asked it. */
class ImageProcessorsTest {
    /** The recording is rounded to 5 places, and the last bits of a float are another way's. */
    private static final double TOLERANCE = 2e-5;

    @TempDir
    private Path folder;

    static Stream<Arguments> recorded() throws IOException {
        try (InputStream stream = ImageProcessorsTest.class.getResourceAsStream("/vision/image-processors.json")) {
            return StreamSupport.stream(new ObjectMapper().readTree(stream).spliterator(), false)
                    .map(one -> Arguments.of(
                            one.path("config").toString(), one.path("width") + " x " + one.path("height"), one));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("recorded")
    void prepare_asTransformersDid(String config, String size, JsonNode known) throws Exception {
        Image image = image(
                known.path("width").intValue(),
                known.path("height").intValue(),
                known.path("seed").longValue());

        ImagePreparation.Prepared made = ImagePreparation.prepare(read(config), image);

        assertThat(made.tensor().shape())
                .as("shape of %s", size)
                .isEqualTo(StreamSupport.stream(known.path("shape").spliterator(), false)
                        .map(JsonNode::longValue)
                        .toList());
        FloatBuffer numbers = made.tensor().floats();
        double sum = 0;
        while (numbers.hasRemaining()) {
            sum += numbers.get();
        }
        long count = made.tensor().size();
        assertThat(sum / count).as("mean").isCloseTo(known.path("mean").doubleValue(), near(known.path("mean")));
        for (int i = 0; i < known.path("numbers").size(); i++) {
            JsonNode expected = known.path("numbers").path(i);
            int place = (int) ((long) i * 7919 * 104729 % count);
            assertThat((double) numbers.get(place))
                    .as("number %d", place)
                    .isCloseTo(expected.doubleValue(), near(expected));
        }
    }

    private static Offset<Double> near(JsonNode number) {
        return within(TOLERANCE * Math.max(1, Math.abs(number.doubleValue())));
    }

    /** Noise, the same as in {@code image-processors.py}. */
    private static Image image(int width, int height, long seed) {
        byte[] rgb = new byte[3 * width * height];
        long state = seed;
        for (int i = 0; i < rgb.length; i++) {
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF;
            rgb[i] = (byte) (state >> 16);
        }
        return new Image(width, height, rgb);
    }

    @Test
    void read_olderAndFasterNames_areOfTheSameProcessor() throws Exception {
        Preprocessing vit = read("{\"image_processor_type\": \"ViTImageProcessor\"}");
        assertThat(vit.resize()).isEqualTo(new Resize.Stretch(224, 224));
        assertThat(read("{\"image_processor_type\": \"ViTImageProcessorFast\"}"))
                .isEqualTo(vit);
        assertThat(read("{\"image_processor_type\": \"ViTImageProcessorPil\"}")).isEqualTo(vit);
        assertThat(read("{\"feature_extractor_type\": \"ViTFeatureExtractor\", \"resample\": null}"))
                .isEqualTo(vit);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CLIP | {\"use_square_size\": true} | use_square_size is a step that is not known",
                "DPT | {\"do_pad\": true, \"size_divisor\": 32} | size_divisor is a step that is not known of a processor of the type 'DPTImageProcessor'",
                "DPT | {\"size\": {\"shortest_edge\": 30}} | size must be a number or {height, width}",
                "RTDetr | {\"size\": 640} | size must be {height, width}",
                "Detr | {\"size\": {\"shortest_edge\": 640}} | size must have a longest_edge too",
                "Detr | {\"size\": 640, \"pad_size\": 9} | images of up to 1333 x 1333 pixels are not padded to 9 x 9",
                "CLIP | {\"do_pad\": true, \"pad_size\": 999} | not padded to 999 x 999 pixels where nothing bounds",
                "ConvNext | {\"size\": 100, \"do_center_crop\": true, \"crop_size\": 90} | crop_size is a second crop",
                "ConvNext | {\"size\": 100, \"crop_pct\": 0} | 1 to 16384 pixels",
                "ViT | {\"size\": [1, 2, 3]} | size must be a number",
                "Siglip2 | {\"max_num_patches\": 256} | max_num_patches is a step that is not known of a processor of the type 'Siglip2ImageProcessor'",
                "PoolFormer | {\"crop_pct\": 0.9} | crop_pct is a step",
                "GLPN | {\"size_divisor\": 32} | size_divisor is a step",
                "Zoe | {\"keep_aspect_ratio\": true} | keep_aspect_ratio is a step"
            })
    void read_stepThatIsNotKnown_isRefusedByItsName(String type, String json, String message) {
        String named = "{\"image_processor_type\": \"" + type + "ImageProcessor\", " + json.substring(1);
        assertThatThrownBy(() -> read(named)).isInstanceOf(ModelException.class).hasMessageContaining(message);
    }

    private Preprocessing read(String json) throws IOException, ModelException {
        return PreprocessorConfig.read(Files.writeString(folder.resolve("preprocessor_config.json"), json));
    }
}
