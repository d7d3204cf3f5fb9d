package phifleet.inference.vision;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import phifleet.inference.model.Channels;
import phifleet.inference.model.Filter;
import phifleet.inference.model.PixelFormat;
import phifleet.inference.model.PixelFormat.ChannelOrder;
import phifleet.inference.model.Preprocessing;
import phifleet.inference.model.Preprocessing.Crop;
import phifleet.inference.model.Resize;
import phifleet.inference.model.Resize.Anchor;
import phifleet.inference.model.Resize.Rounding;

/** Ways to prepare an image that whole families of models share, by name. */
public final class Preprocessings {
    private static final Channels IMAGENET_MEAN = new Channels(0.485, 0.456, 0.406);
    private static final Channels IMAGENET_STD = new Channels(0.229, 0.224, 0.225);
    private static final Channels CLIP_MEAN = new Channels(0.48145466, 0.4578275, 0.40821073);
    private static final Channels CLIP_STD = new Channels(0.26862954, 0.26130258, 0.27577711);

    /** What YOLO and its descendants were trained to see beside an image. */
    private static final int GREY = 114;

    private static final int YOLO_SIDE = 640;

    /** Classifiers of torchvision, timm and the like: shorter side 256, the middle 224, ImageNet's mean and deviation. */
    public static final Preprocessing IMAGENET = new Preprocessing(
            new Resize.ShortestSide(256, Rounding.ROUND),
            Filter.BILINEAR,
            Optional.of(new Crop(224, 224)),
            PixelFormat.UNIT.with(IMAGENET_MEAN, IMAGENET_STD));

    /** Encoders that scale by themselves: shorter side 256, the middle 256, 0 to 1. */
    public static final Preprocessing UNIT = new Preprocessing(
            new Resize.ShortestSide(256, Rounding.TRUNCATE),
            Filter.BILINEAR,
            Optional.of(new Crop(256, 256)),
            PixelFormat.UNIT);

    /** OpenAI's CLIP and what was trained after it: 224, bicubic. */
    public static final Preprocessing CLIP = new Preprocessing(
            new Resize.ShortestSide(224, Rounding.TRUNCATE),
            Filter.BICUBIC,
            Optional.of(new Crop(224, 224)),
            PixelFormat.UNIT.with(CLIP_MEAN, CLIP_STD));

    private static final Map<String, Preprocessing> NAMED = named();

    private Preprocessings() {}

    private static Map<String, Preprocessing> named() {
        Map<String, Preprocessing> named = new LinkedHashMap<>();
        named.put("imagenet", IMAGENET);
        named.put("unit", UNIT);
        named.put("clip", CLIP);
        named.put("yolo", yolo(YOLO_SIDE, YOLO_SIDE));
        named.put("yolox", yolox(YOLO_SIDE, YOLO_SIDE));
        return Collections.unmodifiableMap(named);
    }

    /** YOLO v5 to v12: the image in the middle, as large as fits, grey around it, 0 to 1. */
    public static Preprocessing yolo(int width, int height) {
        Resize box = new Resize.Letterbox(width, height, Anchor.CENTER, GREY, Rounding.ROUND, true);
        return new Preprocessing(box, Filter.BILINEAR, Optional.empty(), PixelFormat.UNIT);
    }

    /** YOLOX: the image in the left upper corner, enlarged where it is small, blue first, 0 to 255. */
    public static Preprocessing yolox(int width, int height) {
        Resize box = new Resize.Letterbox(width, height, Anchor.TOP_LEFT, GREY, Rounding.TRUNCATE, true);
        PixelFormat format = PixelFormat.UNIT.with(1).with(ChannelOrder.BGR);
        return new Preprocessing(box, Filter.BILINEAR, Optional.empty(), format);
    }

    public static Optional<Preprocessing> named(String name) {
        return Optional.ofNullable(NAMED.get(name));
    }

    public static Set<String> names() {
        return NAMED.keySet();
    }
}
