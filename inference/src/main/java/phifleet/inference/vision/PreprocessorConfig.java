package phifleet.inference.vision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import phifleet.inference.model.Channels;
import phifleet.inference.model.Filter;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.PixelFormat;
import phifleet.inference.model.PixelFormat.ChannelOrder;
import phifleet.inference.model.Preprocessing;
import phifleet.inference.model.Preprocessing.Crop;
import phifleet.inference.model.Resize;
import phifleet.inference.model.Resize.Multiple;
import phifleet.inference.model.Resize.Rounding;

/** Reads what Hugging Face's image processors save, {@code preprocessor_config.json}; what changes pixels and is not known is refused. */
public final class PreprocessorConfig {
    /** As Pillow numbers its filters, which is how the file names them. */
    private static final List<Filter> FILTERS =
            List.of(Filter.NEAREST, Filter.LANCZOS, Filter.BILINEAR, Filter.BICUBIC, Filter.BOX, Filter.HAMMING);

    private static final List<String> UNKNOWN_STEPS =
            List.of("do_thumbnail", "do_align_long_axis", "do_image_splitting", "include_top", "rescale_offset");

    /**
     * Processors that pad to the right and below, with zeros after everything else: to {@code pad_size}, else to the largest image of a
     * batch, which is none for images that are batched with those of their size alone. Others pad in ways of their own.
     */
    private static final Pattern PADS_WITH_ZEROS = Pattern.compile(
            "(Detr|ConditionalDetr|DeformableDetr|RTDetr|GroundingDino|Yolos|MaskFormer|Mask2Former|OneFormer)"
                    + "(ImageProcessor\\w*|FeatureExtractor)");

    /** What DETR's kin have where an older file has one number for a size, and no {@code max_size}. */
    private static final int DETR_LONGEST = 1333;

    /** YOLOS leaves a rest of less than this many pixels away. */
    private static final Multiple YOLOS_SIDES = new Multiple(16, false);

    /** MaskFormer and its kin enlarge sides to multiples of this, where nothing else is said. */
    private static final int MASKFORMER_SIDES = 32;

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
        Preprocessing cropped = crops ? resized.with(Optional.of(crop())) : resized;
        return cropped.with(padded(cropped.resize()));
    }

    private Resize padded(Resize resize) throws ModelException {
        boolean pads = root.path(root.has("do_pad") ? "do_pad" : "pad_and_return_pixel_mask")
                .asBoolean(false);
        if (!pads) {
            return resize;
        }
        if (!PADS_WITH_ZEROS.matcher(type()).matches()) {
            throw wrong(
                    "do_pad",
                    "is a step that is not known of a processor of the type '" + type()
                            + "'; set preprocess: with like: for this model");
        }
        JsonNode size = root.path("pad_size");
        if (size.isMissingNode() || size.isNull()) {
            return resize;
        }
        if (!size.path("height").isInt() || !size.path("width").isInt()) {
            throw wrong("pad_size", "must be {height, width}");
        }
        return new Resize.Padded(
                resize, size.path("width").intValue(), size.path("height").intValue());
    }

    private String type() {
        return root.path("image_processor_type")
                .asText(root.path("feature_extractor_type").asText());
    }

    private Preprocessing resized(Preprocessing plain, boolean crops) throws ModelException {
        JsonNode size = root.path("size");
        if (size.isInt()) {
            int side = size.intValue();
            boolean keeps = PADS_WITH_ZEROS.matcher(type()).matches();
            if (keeps || root.path("max_size").isInt()) {
                return plain.with(edges(side, root.path("max_size").asInt(DETR_LONGEST)));
            }
            // Older files: one number is a square, or the shorter side where a crop follows.
            return plain.with(crops ? shortest(side) : new Resize.Stretch(side, side));
        }
        if (size.path("height").isInt() && size.path("width").isInt()) {
            return plain.with(new Resize.Stretch(
                    size.path("width").intValue(), size.path("height").intValue()));
        }
        if (size.path("max_height").isInt() && size.path("max_width").isInt()) {
            return plain.with(new Resize.Within(
                    size.path("max_width").intValue(), size.path("max_height").intValue()));
        }
        if (!size.path("shortest_edge").isInt()) {
            throw wrong(
                    "size",
                    "must be a number, {height, width}, {max_height, max_width}, {shortest_edge} or {shortest_edge, longest_edge}");
        }
        int edge = size.path("shortest_edge").intValue();
        if (size.path("longest_edge").isInt()) {
            return plain.with(edges(edge, size.path("longest_edge").intValue()));
        }
        if (!type().startsWith("ConvNext")) {
            return plain.with(shortest(edge));
        }
        if (edge >= CONVNEXT_WHOLE) {
            return plain.with(new Resize.Stretch(edge, edge));
        }
        double share = root.path("crop_pct").asDouble(224 / 256.0);
        return plain.with(shortest((int) (edge / share))).with(Optional.of(new Crop(edge, edge)));
    }

    private Resize edges(int shortest, int longest) throws ModelException {
        if (type().startsWith("Yolos")) {
            return new Resize.Edges(shortest, longest, Rounding.ROUND, YOLOS_SIDES);
        }
        String divisor = root.has("size_divisor") ? "size_divisor" : "size_divisibility";
        if (type().startsWith("MaskFormer") || type().startsWith("Mask2Former")) {
            int of = root.path(divisor).asInt(MASKFORMER_SIDES);
            return new Resize.Edges(
                    shortest, longest, Rounding.TRUNCATE, of == 0 ? Multiple.ANY : new Multiple(of, true));
        }
        if (root.path(divisor).asInt(0) > 1) {
            throw wrong(
                    divisor,
                    "is a step that is not known of a processor of the type '" + type()
                            + "'; set preprocess: with like: for this model");
        }
        // OneFormer alone of MaskFormer's kin has no multiples.
        Rounding rounding = type().startsWith("OneFormer") ? Rounding.TRUNCATE : Rounding.ROUND;
        return new Resize.Edges(shortest, longest, rounding, Multiple.ANY);
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
