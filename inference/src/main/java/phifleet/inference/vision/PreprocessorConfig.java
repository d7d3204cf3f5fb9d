package phifleet.inference.vision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import phifleet.inference.model.Resize.Rounding;

/** Reads what Hugging Face's image processors save, {@code preprocessor_config.json}; what changes pixels and is not known is refused. */
public final class PreprocessorConfig {
    /** As Pillow numbers its filters, which is how the file names them. */
    private static final List<Filter> FILTERS =
            List.of(Filter.NEAREST, Filter.LANCZOS, Filter.BILINEAR, Filter.BICUBIC, Filter.BOX, Filter.HAMMING);

    private static final List<String> UNKNOWN_STEPS = List.of(
            "do_pad", "do_thumbnail", "do_align_long_axis", "do_image_splitting", "include_top", "rescale_offset");

    /** Below this ConvNeXT takes the middle of a larger image, from it on the whole one. */
    private static final int CONVNEXT_WHOLE = 384;

    private final Path path;
    private final JsonNode root;

    private PreprocessorConfig(Path path, JsonNode root) {
        this.path = path;
        this.root = root;
    }

    /**
     * What a file says.
     *
     * @throws ModelException if it cannot be read, or asks for a step that is not known here; names the key and its value
     */
    public static Preprocessing read(Path path) throws ModelException {
        try {
            JsonNode root = new ObjectMapper().readTree(path.toFile());
            if (!root.isObject()) {
                throw new ModelException(path + " is no JSON object");
            }
            return new PreprocessorConfig(path, root).toPreprocessing();
        } catch (IOException e) {
            throw new ModelException(path + " cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ModelException(path + ": " + e.getMessage(), e);
        }
    }

    private Preprocessing toPreprocessing() throws ModelException {
        for (String step : UNKNOWN_STEPS) {
            if (root.path(step).asBoolean(false)) {
                throw wrong(step, "is a step that is not known here; set preprocess: with like: for this model");
            }
        }
        Preprocessing plain = new Preprocessing(new Resize.None(), filter(), Optional.empty(), format());
        boolean crops = root.path("do_center_crop").asBoolean(false);
        Preprocessing resized = root.path("do_resize").asBoolean(root.has("size")) ? resized(plain, crops) : plain;
        return crops ? resized.with(Optional.of(crop())) : resized;
    }

    private Preprocessing resized(Preprocessing plain, boolean crops) throws ModelException {
        JsonNode size = root.path("size");
        if (size.isInt()) {
            // Older files: one number is a square, or the shorter side where a crop follows.
            return plain.with(crops ? shortest(size.intValue()) : new Resize.Stretch(size.intValue(), size.intValue()));
        }
        if (size.path("height").isInt() && size.path("width").isInt()) {
            return plain.with(new Resize.Stretch(
                    size.path("width").intValue(), size.path("height").intValue()));
        }
        if (!size.path("shortest_edge").isInt() || size.has("longest_edge")) {
            throw wrong("size", "must be a number, {height, width} or {shortest_edge}");
        }
        int edge = size.path("shortest_edge").intValue();
        if (!root.path("image_processor_type")
                .asText(root.path("feature_extractor_type").asText())
                .startsWith("ConvNext")) {
            return plain.with(shortest(edge));
        }
        if (edge >= CONVNEXT_WHOLE) {
            return plain.with(new Resize.Stretch(edge, edge));
        }
        double share = root.path("crop_pct").asDouble(224 / 256.0);
        return plain.with(shortest((int) (edge / share))).with(Optional.of(new Crop(edge, edge)));
    }

    private static Resize shortest(int size) {
        return new Resize.ShortestSide(size, Rounding.TRUNCATE);
    }

    private Crop crop() throws ModelException {
        JsonNode size = root.path(root.has("crop_size") ? "crop_size" : "size");
        if (size.isInt()) {
            return new Crop(size.intValue(), size.intValue());
        }
        if (size.path("height").isInt() && size.path("width").isInt()) {
            return new Crop(size.path("width").intValue(), size.path("height").intValue());
        }
        throw wrong("crop_size", "must be a number or {height, width}");
    }

    private Filter filter() throws ModelException {
        int number = root.path("resample").asInt(FILTERS.indexOf(Filter.BILINEAR));
        if (number < 0 || number >= FILTERS.size()) {
            throw wrong("resample", "must be 0 to " + (FILTERS.size() - 1));
        }
        return FILTERS.get(number);
    }

    private PixelFormat format() throws ModelException {
        boolean rescales = root.path("do_rescale").asBoolean(true);
        PixelFormat format =
                PixelFormat.UNIT.with(rescales ? root.path("rescale_factor").asDouble(1 / 255.0) : 1);
        if (root.path("do_normalize").asBoolean(root.has("image_mean"))) {
            format = format.with(channels("image_mean"), channels("image_std"));
        }
        return root.path("do_flip_channel_order").asBoolean(false) ? format.with(ChannelOrder.BGR) : format;
    }

    private Channels channels(String key) throws ModelException {
        JsonNode values = root.path(key);
        if (values.isNumber()) {
            return Channels.all(values.doubleValue());
        }
        if (values.size() != 3
                || !values.get(0).isNumber()
                || !values.get(1).isNumber()
                || !values.get(2).isNumber()) {
            throw wrong(key, "must be three numbers");
        }
        return new Channels(
                values.get(0).doubleValue(),
                values.get(1).doubleValue(),
                values.get(2).doubleValue());
    }

    private ModelException wrong(String key, String what) {
        return new ModelException(path + ": " + key + " " + what + ", not " + root.path(key));
    }
}
