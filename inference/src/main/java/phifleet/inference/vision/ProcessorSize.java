package phifleet.inference.vision;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Preprocessing.Crop;
import phifleet.inference.model.Resize;
import phifleet.inference.model.Resize.Multiple;
import phifleet.inference.model.Resize.Rounding;

/** The size that an image gets by {@code preprocessor_config.json}: {@code size}, {@code crop_size}, {@code pad_size} and what bends them. */
final class ProcessorSize {
    /** What DETR's kin have where an older file has one number for a size, and no {@code max_size}. */
    private static final int DETR_LONGEST = 1333;

    /** YOLOS leaves a rest of less than this many pixels away. */
    private static final Multiple YOLOS_SIDES = new Multiple(16, false);

    /** Below this ConvNeXT takes the middle of a larger image, from it on the whole one. */
    private static final int CONVNEXT_WHOLE = 384;

    /** LeViT makes the shorter side larger by so much than it says. */
    private static final double LEVIT_LARGER = 256 / 224.0;

    /** MaskFormer and its kin bound both sides too, and truncate where the others round. */
    private static final String[] MASKFORMER = {"MaskFormer", "Mask2Former", "OneFormer"};

    /** These know no shorter side without a longer one. */
    private static final String[] DETECTORS = {
        "Detr", "ConditionalDetr", "DeformableDetr", "GroundingDino", "Yolos", "RTDetr"
    };

    private final ProcessorFile file;

    private record Frame(int width, int height) {}

    ProcessorSize(ProcessorFile file) {
        this.file = file;
    }

    Resize resize() throws ModelException {
        if (file.isOf("CLIP") && file.is("use_square_size", false)) {
            throw file.notKnown("use_square_size");
        }
        JsonNode size = file.at("size");
        if (file.isOf("ConvNext")) {
            int edge = size.isInt() ? size.intValue() : shortestEdge(size);
            return edge < CONVNEXT_WHOLE
                    ? shortest((int) (edge / file.at("crop_pct").asDouble()))
                    : new Resize.Stretch(edge, edge);
        }
        if (size.isInt()) {
            return ofNumber(size.intValue());
        }
        Optional<Frame> frame = frame(size);
        if (frame.isPresent()) {
            return stretched(frame.get());
        }
        if (size.path("max_height").isInt() && size.path("max_width").isInt() && !file.isOf("Levit", "DPT")) {
            if (multiple().of() > 1) {
                throw file.wrong(
                        "size", "is not known with multiples of " + multiple().of() + " pixels");
            }
            return new Resize.Within(
                    size.path("max_width").intValue(), size.path("max_height").intValue());
        }
        int edge = shortestEdge(size);
        if (file.isOf("Levit")) {
            return shortest((int) (LEVIT_LARGER * edge));
        }
        if (size.path("longest_edge").isInt()) {
            return edges(edge, size.path("longest_edge").intValue());
        }
        if (file.isOf("DPT")) {
            throw file.wrong("size", "must be a number or {height, width} for this type");
        }
        if (file.isOf(DETECTORS) || file.isOf(MASKFORMER)) {
            throw file.wrong("size", "must have a longest_edge too for this type");
        }
        return shortest(edge);
    }

    /** The middle that is taken where the file asks for none: of ConvNeXT's smaller images. */
    Optional<Crop> middle() throws ModelException {
        if (!file.isOf("ConvNext")) {
            return Optional.empty();
        }
        JsonNode size = file.at("size");
        int edge = size.isInt() ? size.intValue() : shortestEdge(size);
        return edge < CONVNEXT_WHOLE ? Optional.of(new Crop(edge, edge)) : Optional.empty();
    }

    Crop crop() throws ModelException {
        Frame frame = frame(file.at(file.has("crop_size") ? "crop_size" : "size"))
                .orElseThrow(() -> file.wrong("crop_size", "must be a number or {height, width}"));
        return new Crop(frame.width, frame.height);
    }

    /** The resized image in a larger input, where the file asks for it; images are batched with those of their size alone. */
    Resize padded(Resize resize) throws ModelException {
        boolean pads = file.is("pad_and_return_pixel_mask", file.is("do_pad", false));
        if (!pads) {
            return resize;
        }
        if (file.known().isEmpty()) {
            throw file.notKnown("do_pad");
        }
        if (file.has("size_divisor") && file.isOf("DPT")) {
            throw file.notKnown("size_divisor");
        }
        if (!file.has("pad_size")) {
            return resize;
        }
        Frame size = frame(file.at("pad_size"))
                .orElseThrow(() -> file.wrong("pad_size", "must be a number or {height, width}"));
        return new Resize.Padded(resize, size.width, size.height);
    }

    private Resize ofNumber(int side) throws ModelException {
        if (file.isOf("RTDetr")) {
            throw file.wrong("size", "must be {height, width} or {shortest_edge, longest_edge} for this type");
        }
        if (file.isOf(DETECTORS) || file.isOf(MASKFORMER) || file.at("max_size").isInt()) {
            return edges(side, file.at("max_size").asInt(DETR_LONGEST));
        }
        // Files that say no type are older ones: one number is a square, or the shorter side where a crop follows.
        if (file.is("default_to_square", !file.is("do_center_crop", false))) {
            return stretched(new Frame(side, side));
        }
        return shortest(file.isOf("Levit") ? (int) (LEVIT_LARGER * side) : side);
    }

    private Resize stretched(Frame size) throws ModelException {
        if (file.isOf("DPT")) {
            return new Resize.Fitted(
                    size.width,
                    size.height,
                    file.is("keep_aspect_ratio", false),
                    file.at("ensure_multiple_of").asInt(1));
        }
        Resize.Stretch asked = new Resize.Stretch(size.width, size.height);
        Multiple multiple = multiple();
        return new Resize.Stretch(multiple.round(asked.width()), multiple.round(asked.height()));
    }

    private Resize edges(int shortest, int longest) throws ModelException {
        Rounding rounding = file.isOf(MASKFORMER) ? Rounding.TRUNCATE : Rounding.ROUND;
        return new Resize.Edges(shortest, longest, rounding, file.isOf("Yolos") ? YOLOS_SIDES : multiple());
    }

    private Multiple multiple() {
        if (!file.isOf("MaskFormer", "Mask2Former")) {
            return Multiple.ANY;
        }
        String divisor = file.has("size_divisibility") ? "size_divisibility" : "size_divisor";
        int of = file.at(divisor).asInt();
        return of == 0 ? Multiple.ANY : new Multiple(of, true);
    }

    private int shortestEdge(JsonNode size) throws ModelException {
        if (!size.path("shortest_edge").isInt()) {
            throw file.wrong(
                    "size",
                    "must be a number, {height, width}, {max_height, max_width}, {shortest_edge} or {shortest_edge, longest_edge}");
        }
        return size.path("shortest_edge").intValue();
    }

    /** A width and a height, also as a list of the height and the width, or as one number for both. */
    private static Optional<Frame> frame(JsonNode size) {
        JsonNode height = size.isInt() ? size : size.isArray() ? size.path(0) : size.path("height");
        JsonNode width = size.isInt() ? size : size.isArray() ? size.path(1) : size.path("width");
        return height.isInt() && width.isInt() && (!size.isArray() || size.size() == 2)
                ? Optional.of(new Frame(width.intValue(), height.intValue()))
                : Optional.empty();
    }

    private static Resize shortest(int size) {
        return new Resize.ShortestSide(size, Rounding.TRUNCATE);
    }
}
