package phifleet.worker;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.model.Channels;
import phifleet.inference.model.Filter;
import phifleet.inference.model.PixelFormat;
import phifleet.inference.model.Preprocessing;
import phifleet.inference.model.Resize;
import phifleet.inference.vision.Preprocessings;

/** The mapping {@code preprocess} of a model: the way from an image to its input. */
final class PreprocessSettings {
    private static final int MOST = Resize.MOST;

    private final SettingsSection section;

    /** How an image gets its size. */
    enum Mode {
        NONE,
        STRETCH,
        SHORTEST_SIDE,
        LETTERBOX,
        EDGES,
        WITHIN
    }

    PreprocessSettings(SettingsSection section) {
        this.section = section;
    }

    /**
     * Reads the mapping.
     *
     * @param usual what holds where nothing is set
     */
    Preprocessing read(Preprocessing usual) {
        @Nullable String like = section.optionalText("like");
        Optional<Preprocessing> named = like == null ? Optional.of(usual) : Preprocessings.named(like);
        if (named.isEmpty()) {
            section.mistake("like", like, "must be one of " + Preprocessings.names());
        }
        Preprocessing start = named.orElse(usual);
        PixelFormat format = format(start.format());
        try {
            return new Preprocessing(
                    resize(start.resize()),
                    section.choice("filter", start.filter(), Filter.class),
                    crop(start),
                    format);
        } catch (IllegalArgumentException e) {
            section.mistake("like", like, String.valueOf(e.getMessage()));
            return start;
        }
    }

    private Resize resize(Resize usual) {
        if (section.optionalText("resize") == null
                && section.list("size", List.of()).isEmpty()) {
            return usual;
        }
        Mode mode = section.choice("resize", mode(usual), Mode.class);
        List<Integer> size = sizes("size");
        int width = size.isEmpty() ? 1 : size.getFirst();
        int height = size.isEmpty() ? 1 : size.getLast();
        if (size.isEmpty() && mode != Mode.NONE) {
            section.mistake("size", null, "is needed beside resize: one number, or width and height");
        }
        return switch (mode) {
            case NONE -> new Resize.None();
            case STRETCH -> new Resize.Stretch(width, height);
            case SHORTEST_SIDE -> new Resize.ShortestSide(width, Resize.Rounding.ROUND);
            case EDGES -> new Resize.Edges(width, height, Resize.Rounding.ROUND, Resize.Multiple.ANY);
            case WITHIN -> new Resize.Within(width, height);
            case LETTERBOX ->
                new Resize.Letterbox(
                        width,
                        height,
                        section.choice("anchor", Resize.Anchor.CENTER, Resize.Anchor.class),
                        section.integer("pad", 114, 0, 255),
                        Resize.Rounding.ROUND,
                        section.flag("enlarge", false));
        };
    }

    private static Mode mode(Resize usual) {
        return switch (usual) {
            case Resize.None none -> Mode.NONE;
            case Resize.Stretch stretch -> Mode.STRETCH;
            case Resize.ShortestSide side -> Mode.SHORTEST_SIDE;
            case Resize.Letterbox box -> Mode.LETTERBOX;
            case Resize.Edges edges -> Mode.EDGES;
            case Resize.Within within -> Mode.WITHIN;
            case Resize.Fitted fitted -> Mode.STRETCH;
            case Resize.Padded padded -> mode(padded.image());
        };
    }

    private Optional<Preprocessing.Crop> crop(Preprocessing usual) {
        List<Integer> size = sizes("crop");
        return size.isEmpty() ? usual.crop() : Optional.of(new Preprocessing.Crop(size.getFirst(), size.getLast()));
    }

    private PixelFormat format(PixelFormat usual) {
        return usual.with(section.decimal("scale", usual.scale(), -1e6, 1e6))
                .with(channels("mean", usual.mean()), channels("std", usual.std()))
                .with(section.choice("colour", usual.order(), PixelFormat.ChannelOrder.class))
                .with(section.choice("layout", usual.layout(), PixelFormat.Layout.class));
    }

    private Channels channels(String key, Channels usual) {
        List<String> texts = section.list(key, List.of());
        if (texts.isEmpty()) {
            return usual;
        }
        try {
            double[] values = texts.stream().mapToDouble(Double::parseDouble).toArray();
            if (values.length == 3) {
                return new Channels(values[0], values[1], values[2]);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        section.mistake(key, texts.toString(), "must be three numbers: of red, green and blue");
        return usual;
    }

    /** One number or two; none where the key is absent. */
    private List<Integer> sizes(String key) {
        List<String> texts = section.list(key, List.of());
        try {
            List<Integer> sizes = texts.stream().map(Integer::valueOf).toList();
            if (sizes.size() <= 2 && sizes.stream().allMatch(size -> size >= 1 && size <= MOST)) {
                return sizes;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        section.mistake(key, texts.toString(), "must be one or two whole numbers from 1 to " + MOST);
        return List.of();
    }
}
