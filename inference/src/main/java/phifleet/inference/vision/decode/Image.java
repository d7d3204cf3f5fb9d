package phifleet.inference.vision.decode;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An upright picture: 8 bits a channel, red, green and blue of each pixel in turn, row after row, without padding. */
public final class Image {
    private final int width;
    private final int height;
    private final byte[] rgb;
    private final Source source;
    private final @Nullable Coded coded;

    /**
     * @param rgb {@code 3 · width · height} bytes or more, not copied and not to be changed while the image is in use
     * @throws IllegalArgumentException if it has fewer, or a side is not positive
     */
    public Image(int width, int height, byte[] rgb) {
        this(width, height, rgb, Source.whole(width, height));
    }

    Image(int width, int height, byte[] rgb, Source source) {
        this(width, height, rgb, source, null);
    }

    private Image(int width, int height, byte[] rgb, Source source, @Nullable Coded coded) {
        if (width < 1 || height < 1 || rgb.length < 3L * width * height) {
            throw new IllegalArgumentException(
                    width + " x " + height + " pixels are not " + rgb.length + " bytes of 3 channels");
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
        this.source = source;
        this.coded = coded;
    }

    /** The same with what it was decoded from. */
    Image with(Coded code) {
        return new Image(width, height, rgb, source, code);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** All pixels, in its first {@link #size} bytes; the image's own memory, which nobody may write to. */
    public byte[] rgb() {
        return rgb;
    }

    /** Bytes of all pixels. */
    public int size() {
        return 3 * width * height;
    }

    /** The same in memory that is nobody else's, where it may be another image's later. */
    public Image kept() {
        return new Image(width, height, Arrays.copyOf(rgb, size()), source, coded);
    }

    /** What is shown, which is larger where the image was reduced. */
    public Source source() {
        return source;
    }

    /** What stands for all pixels of the source, of which these may be fewer; null where these are all, and are known by themselves. */
    @Nullable
    public Coded coded() {
        return coded;
    }

    @Override
    public String toString() {
        return "Image " + width + " x " + height;
    }
}
