package phifleet.inference.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.model.Channels;
import phifleet.inference.model.Filter;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.PixelFormat;
import phifleet.inference.model.PixelFormat.ChannelOrder;
import phifleet.inference.model.Preprocessing;
import phifleet.inference.model.Preprocessing.Crop;
import phifleet.inference.model.Resize;
import phifleet.inference.model.Resize.Rounding;

class PreprocessorConfigTest {
    @TempDir
    Path folder;

    @Test
    void read_clip_isClip() throws Exception {
        Preprocessing read = read("""
                {"crop_size": {"height": 224, "width": 224}, "do_center_crop": true, "do_convert_rgb": true,
                 "do_normalize": true, "do_rescale": true, "do_resize": true,
                 "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_processor_type": "CLIPImageProcessor",
                 "image_std": [0.26862954, 0.26130258, 0.27577711], "resample": 3,
                 "rescale_factor": 0.00392156862745098, "size": {"shortest_edge": 224}}""");

        assertThat(read).isEqualTo(Preprocessings.CLIP);
    }

    @Test
    void read_vit_stretches() throws Exception {
        Preprocessing read = read("""
                {"do_normalize": true, "do_rescale": true, "do_resize": true, "image_mean": [0.5, 0.5, 0.5],
                 "image_std": [0.5, 0.5, 0.5], "resample": 2, "size": {"height": 384, "width": 224}}""");

        assertThat(read.resize()).isEqualTo(new Resize.Stretch(224, 384));
        assertThat(read.filter()).isEqualTo(Filter.BILINEAR);
        assertThat(read.crop()).isEmpty();
        assertThat(read.format()).isEqualTo(PixelFormat.UNIT.with(Channels.all(0.5), Channels.all(0.5)));
    }

    @Test
    void read_olderFiles_haveNumbersForSizes() throws Exception {
        Preprocessing square = read("{\"do_resize\": true, \"size\": 224, \"do_normalize\": false}");
        Preprocessing cropped = read("{\"size\": 224, \"do_center_crop\": true, \"crop_size\": 200, \"resample\": 3}");

        assertThat(square.resize()).isEqualTo(new Resize.Stretch(224, 224));
        assertThat(square.format()).isEqualTo(PixelFormat.UNIT);
        assertThat(cropped.resize()).isEqualTo(new Resize.ShortestSide(224, Rounding.TRUNCATE));
        assertThat(cropped.crop()).contains(new Crop(200, 200));
    }

    @Test
    void read_convNext_takesTheMiddleOfALargerImage() throws Exception {
        Preprocessing small = read(
                "{\"image_processor_type\": \"ConvNextImageProcessor\", \"size\": {\"shortest_edge\": 224}, \"crop_pct\": 0.875}");
        Preprocessing large =
                read("{\"image_processor_type\": \"ConvNextImageProcessor\", \"size\": {\"shortest_edge\": 384}}");

        assertThat(small.resize()).isEqualTo(new Resize.ShortestSide(256, Rounding.TRUNCATE));
        assertThat(small.crop()).contains(new Crop(224, 224));
        assertThat(large.resize()).isEqualTo(new Resize.Stretch(384, 384));
        assertThat(large.crop()).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DetrImageProcessor | {\"shortest_edge\": 800, \"longest_edge\": 1333} | 800 | 1333 | ROUND | 1",
                "DetrFeatureExtractor | 800 | 800 | 1333 | ROUND | 1",
                "DeformableDetrImageProcessorFast | {\"shortest_edge\": 600, \"longest_edge\": 1000} | 600 | 1000 | ROUND | 1",
                "YolosImageProcessor | {\"shortest_edge\": 512, \"longest_edge\": 864} | 512 | 864 | ROUND | 16",
                "Mask2FormerImageProcessor | {\"shortest_edge\": 384, \"longest_edge\": 512} | 384 | 512 | TRUNCATE | 32"
            })
    void read_detrAndItsKin_boundBothSides(
            String type, String size, int shortest, int longest, Rounding rounding, int multiple) throws Exception {
        Preprocessing read = read("{\"do_pad\": true, \"pad_size\": null, \"image_processor_type\": \"" + type
                + "\", \"size\": " + size + "}");

        assertThat(read.resize())
                .isEqualTo(new Resize.Edges(
                        shortest, longest, rounding, new Resize.Multiple(multiple, rounding == Rounding.TRUNCATE)));
    }

    @Test
    void read_maxSizeOfOlderFiles_isTheLongerSides() throws Exception {
        assertThat(read("{\"size\": 800, \"max_size\": 1000, \"feature_extractor_type\": \"DetrFeatureExtractor\"}")
                        .resize())
                .isEqualTo(new Resize.Edges(800, 1000, Rounding.ROUND, Resize.Multiple.ANY));
    }

    @Test
    void read_maxHeightAndWidth_areAFrame_andPadSizeIsPutAround() throws Exception {
        Preprocessing read = read(
                "{\"size\": {\"max_height\": 480, \"max_width\": 640}, \"do_pad\": true, \"image_processor_type\": \"RTDetrImageProcessor\", \"pad_size\": {\"height\": 480, \"width\": 672}}");

        assertThat(read.resize()).isEqualTo(new Resize.Padded(new Resize.Within(640, 480), 672, 480));
    }

    @Test
    void read_channelsFlippedAndNotScaled() throws Exception {
        Preprocessing read = read("{\"do_rescale\": false, \"do_flip_channel_order\": true}");

        assertThat(read.resize()).isEqualTo(new Resize.None());
        assertThat(read.format()).isEqualTo(PixelFormat.UNIT.with(1).with(ChannelOrder.BGR));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"do_pad\": true} | do_pad",
                "{\"do_pad\": true, \"image_processor_type\": \"Owlv2ImageProcessor\"} | do_pad is a step that is not known of a processor of the type 'Owlv2ImageProcessor'",
                "{\"do_pad\": true, \"image_processor_type\": \"DetrImageProcessor\", \"pad_size\": [9]} | pad_size must be a number or {height, width}, not [9]",
                "{\"do_pad\": true, \"image_processor_type\": \"DetrImageProcessor\", \"size\": {\"shortest_edge\": 600, \"longest_edge\": 800}, \"pad_size\": {\"height\": 600, \"width\": 800}} | images of up to 800 x 800 pixels are not padded to 800 x 600",
                "{\"size\": {\"longest_edge\": 800}} | size",
                "{\"size\": {\"longest_edge\": 99999, \"shortest_edge\": 600}} | 1 to 16384 pixels, not 99999",
                "{\"size\": {\"longest_edge\": 800, \"shortest_edge\": 600}, \"size_divisor\": 32} | size_divisor",
                "{\"size\": \"large\", \"do_resize\": true} | size",
                "{\"resample\": 9} | resample must be 0 to 5, not 9",
                "{\"do_normalize\": true, \"image_mean\": [1, 2]} | image_mean must be three numbers, not [1,2]",
                "{\"do_normalize\": true, \"image_mean\": [0, 0, 0], \"image_std\": [0, 1, 1]} | std must not be 0",
                "{\"do_resize\": true, \"size\": -5} | 1 to 16384 pixels, not -5",
                "{\"do_center_crop\": true} | crop_size",
                "[] | no JSON object",
                "{ | cannot be read"
            })
    void read_whatIsNotKnown_isRefusedByItsName(String json, String message) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(ModelException.class).hasMessageContaining(message);
    }

    private Preprocessing read(String json) throws IOException, ModelException {
        return PreprocessorConfig.read(Files.writeString(folder.resolve("preprocessor_config.json"), json));
    }
}
