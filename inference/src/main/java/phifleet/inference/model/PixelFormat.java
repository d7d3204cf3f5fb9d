package phifleet.inference.model;

/**
 * What a model's input holds for a pixel: {@code (sample · scale − mean) / std}.
 *
 * @param scale what the samples, 0 to 255, are multiplied by
 * @param type FP32, FP16 or UINT8; the last one takes samples as they are
 */
public record PixelFormat(
        double scale, Channels mean, Channels std, ChannelOrder order, Layout layout, ElementType type) {

    /** Which channel comes first. */
    public enum ChannelOrder {
        RGB,
        BGR
    }

    /** Which axis comes first: a plane for each channel, or the channels of a pixel side by side. */
    public enum Layout {
        NCHW,
        NHWC
    }

    /** Red, green, blue in planes, 0 to 1. */
    public static final PixelFormat UNIT =
            new PixelFormat(1 / 255.0, Channels.ZERO, Channels.ONE, ChannelOrder.RGB, Layout.NCHW, ElementType.FP32);

    /** @throws IllegalArgumentException if the numbers make no finite samples, or the type takes none of them */
    public PixelFormat {
        if (!Double.isFinite(scale) || !mean.isFinite() || !std.isFinite()) {
            throw new IllegalArgumentException("scale, mean and std must be finite");
        }
        if (std.red() == 0 || std.green() == 0 || std.blue() == 0) {
            throw new IllegalArgumentException("std must not be 0: " + std);
        }
        switch (type) {
            case FP32, FP16 -> {}
            case UINT8 -> {
                if (scale != 1 || !mean.equals(Channels.ZERO) || !std.equals(Channels.ONE)) {
                    throw new IllegalArgumentException("UINT8 takes samples as they are: scale 1, mean 0, std 1");
                }
            }
            default -> throw new IllegalArgumentException("images become FP32, FP16 or UINT8, not " + type);
        }
    }

    public PixelFormat with(Channels otherMean, Channels otherStd) {
        return new PixelFormat(scale, otherMean, otherStd, order, layout, type);
    }

    public PixelFormat with(double otherScale) {
        return new PixelFormat(otherScale, mean, std, order, layout, type);
    }

    public PixelFormat with(ChannelOrder other) {
        return new PixelFormat(scale, mean, std, other, layout, type);
    }

    public PixelFormat with(Layout other) {
        return new PixelFormat(scale, mean, std, order, other, type);
    }

    /** In another type; for UINT8 samples as they are. */
    public PixelFormat with(ElementType other) {
        return other == ElementType.UINT8
                ? new PixelFormat(1, Channels.ZERO, Channels.ONE, order, layout, other)
                : new PixelFormat(scale, mean, std, order, layout, other);
    }
}
