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
                "{\"size\": {\"longest_edge\": 800, \"shortest_edge\": 600}} | size",
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
