package phifleet.inference.vision;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import phifleet.inference.model.Channels;
import phifleet.inference.model.Filter;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.PixelFormat;
import phifleet.inference.model.PixelFormat.ChannelOrder;
import phifleet.inference.model.Preprocessing;
import phifleet.inference.model.Preprocessing.Crop;
import phifleet.inference.model.Resize;

/**
 * Reads what Hugging Face's image processors save, {@code preprocessor_config.json}, as the processor that it names does, with that one's
 * defaults. Of a file that names none, or one that is not known, what changes pixels and is not known is refused.
 */
public final class PreprocessorConfig {
    /** As Pillow numbers its filters, which is how the file names them. */
    private static final List<Filter> FILTERS =
            List.of(Filter.NEAREST, Filter.LANCZOS, Filter.BILINEAR, Filter.BICUBIC, Filter.BOX, Filter.HAMMING);

    /** Of processors that are not known: what they do where these are true, or numbers beyond 1. */
    private static final List<String> UNKNOWN_STEPS = List.of(
            "do_thumbnail",
            "do_align_long_axis",
            "do_image_splitting",
            "do_crop_margin",
            "do_random_crop",
            "do_color_quantize",
            "do_pan_and_scan",
            "crop_to_patches",
            "include_top",
            "rescale_offset",
            "offset",
            "keep_aspect_ratio",
            "use_square_size",
            "ensure_multiple_of",
            "size_divisor",
            "size_divisibility",
            "crop_pct",
            "max_num_patches",
            "max_pixels",
            "min_pixels");

    private final ProcessorFile file;
    private final ProcessorSize sizes;

    private PreprocessorConfig(ProcessorFile file) {
        this.file = file;
        this.sizes = new ProcessorSize(file);
    }

    /**
     * What a file says.
     *
     * @throws ModelException if it cannot be read, or asks for a step that is not known here; names the key and its value
     */
    public static Preprocessing read(Path path) throws ModelException {
        try {
            return new PreprocessorConfig(ProcessorFile.read(path)).toPreprocessing();
        } catch (IllegalArgumentException e) {
            throw new ModelException(path + ": " + e.getMessage(), e);
        }
    }

    private Preprocessing toPreprocessing() throws ModelException {
        if (file.known().isEmpty()) {
            for (String step : UNKNOWN_STEPS) {
                if (isTaken(file.at(step))) {
                    throw file.notKnown(step);
                }
            }
        }
        boolean resizes = file.is("do_resize", file.has("size"));
        Resize resize = resizes ? sizes.resize() : new Resize.None();
        Optional<Crop> middle = resizes ? sizes.middle() : Optional.empty();
        return new Preprocessing(sizes.padded(resize), filter(), crop(middle), format());
    }

    private static boolean isTaken(JsonNode step) {
        return step.isNumber() ? step.doubleValue() != 0 && step.doubleValue() != 1 : step.asBoolean(false);
    }

    private Optional<Crop> crop(Optional<Crop> middle) throws ModelException {
        if (!file.is("do_center_crop", false)) {
            return middle;
        }
        Crop crop = sizes.crop();
        if (middle.isPresent() && !middle.get().equals(crop)) {
            throw file.wrong("crop_size", "is a second crop, which is not known of this type");
        }
        return Optional.of(crop);
    }

    private Filter filter() throws ModelException {
        int number = file.at("resample").asInt(FILTERS.indexOf(Filter.BILINEAR));
        if (number < 0 || number >= FILTERS.size()) {
            throw file.wrong("resample", "must be 0 to " + (FILTERS.size() - 1));
        }
        return FILTERS.get(number);
    }

    private PixelFormat format() throws ModelException {
        boolean rescales = file.is("do_rescale", true);
        PixelFormat format =
                PixelFormat.UNIT.with(rescales ? file.at("rescale_factor").asDouble(1 / 255.0) : 1);
        boolean normalizes = file.is("do_normalize", file.has("image_mean"));
        Channels mean = normalizes ? channels("image_mean") : Channels.ZERO;
        Channels std = normalizes ? channels("image_std") : Channels.ONE;
        if (rescales && file.is("rescale_offset", false)) {
            mean = mean.plus(1);
        }
        if (file.is("include_top", false)) {
            // EfficientNet's classifiers divide by the deviation once more.
            std = std.times(channels("image_std"));
        }
        PixelFormat normalized = format.with(mean, std);
        return file.is("do_flip_channel_order", false) ? normalized.with(ChannelOrder.BGR) : normalized;
    }

    private Channels channels(String key) throws ModelException {
        JsonNode values = file.at(key);
        if (values.isNumber()) {
            return Channels.all(values.doubleValue());
        }
        if (values.size() != 3
                || !values.get(0).isNumber()
                || !values.get(1).isNumber()
                || !values.get(2).isNumber()) {
            throw file.wrong(key, "must be three numbers");
        }
        return new Channels(
                values.get(0).doubleValue(),
                values.get(1).doubleValue(),
                values.get(2).doubleValue());
    }
}
