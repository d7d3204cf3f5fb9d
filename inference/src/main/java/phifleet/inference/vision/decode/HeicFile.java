package phifleet.inference.vision.decode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.inference.vision.decode.Picture.Inks;

/**
 * The boxes of a HEIC file (ISO/IEC 23008-12): a picture that HEVC has coded, whole or in tiles. The decoder makes room for what the
 * parameter sets ask for, and not only for the size that the file states, so that both are held against the limits, and parameter
 * sets in any other place are refused.
 *
 * <p>How a picture is to be turned the file says in its properties, which libheif follows; what EXIF says beside them is for who reads
 * nothing else (23008-12, 6.5.10).
 */
final class HeicFile {
    /** Of the canvas and a tile: luma and chroma of up to 16 bits; and the planes of red, green and blue between. */
    private static final int BYTES_OUTSIDE = 9;

    private final Bytes file;
    private final ImageLimits limits;
    private final HeicItems items;
    private final Map<Integer, HevcConfiguration> configurations = new HashMap<>();
    private long walked;

    private HeicFile(Bytes file, ImageLimits limits, HeicItems items) {
        this.file = file;
        this.limits = limits;
        this.items = items;
    }

    static Picture read(Bytes file, ImageLimits limits) throws ImageException {
        IsoBox meta = IsoBox.only(IsoBox.of(file), "meta");
        return new HeicFile(file, limits, new HeicItems(meta)).picture();
    }

    private Picture picture() throws ImageException {
        for (IsoBox property : items.properties()) {
            if (property.is("ispe")) {
                IsoBox size = property.copy();
                size.version();
                limits.check(ImageFormat.HEIC, size.number(4), size.number(4));
            }
        }
        for (long item : items.ofKind("hvc1")) {
            walk(item, configuration(item));
        }
        long picture = items.primary();
        String kind = items.kind(picture);
        if ("grid".equals(kind)) {
            requireTiles(items.parts(picture));
        } else if (!"hvc1".equals(kind)) {
            throw kind == null
                    ? ImageException.broken("the HEIC's picture is to be item " + picture + ", which it has not")
                    : ImageException.unsupported("the file is a HEIF whose picture is of kind " + kind
                            + ": hvc1 and grids of it are decoded");
        }
        @Nullable IsoBox size = items.property(picture, "ispe");
        if (size == null) {
            throw ImageException.broken("the HEIC's picture has no size");
        }
        size.version();
        int width = (int) size.number(4);
        int height = (int) size.number(4);
        Memory memory = new Memory(3, (long) BYTES_OUTSIDE * width * height);
        return new Picture(
                ImageFormat.HEIC,
                file,
                width,
                height,
                Canvas.of(width, height),
                Orientation.UPRIGHT,
                Inks.COLOUR,
                memory);
    }

    private HevcConfiguration configuration(long item) throws ImageException {
        @Nullable IsoBox box = items.property(item, "hvcC");
        if (box == null) {
            throw ImageException.broken("the HEIC's item " + item + " has no hvcC");
        }
        int at = box.at();
        @Nullable HevcConfiguration known = configurations.get(at);
        if (known != null) {
            return known;
        }
        HevcConfiguration configuration = HevcConfiguration.of(box, file, limits);
        configurations.put(at, configuration);
        if (configuration.pixels() == 0) {
            throw ImageException.broken("the HEIC's item " + item + " has no parameters of a sequence");
        }
        return configuration;
    }

    /** That an item's data are a row of parts, none of which is a parameter set. */
    private void walk(long item, HevcConfiguration configuration) throws ImageException {
        List<HeicItems.Extent> extents = items.extents(item);
        if (extents.size() != 1) {
            throw extents.isEmpty()
                    ? ImageException.broken("the HEIC's item " + item + " has no data")
                    : ImageException.unsupported(
                            "a HEIC whose item " + item + " lies in " + extents.size() + " pieces");
        }
        HeicItems.Extent extent = extents.getFirst();
        String what = "the data of the HEIC's item " + item;
        file.require(extent.from(), extent.length(), what);
        walked += extent.length();
        if (walked > file.length()) {
            throw ImageException.broken("the HEIC's pictures have more data than the file");
        }
        int at = (int) extent.from();
        int end = at + (int) extent.length();
        while (at < end) {
            long length = length(at, end, configuration.lengthBytes(), what);
            at += configuration.lengthBytes();
            if (length < 2 || length > end - at) {
                throw ImageException.broken(
                        what + " have a part of " + length + " bytes at byte " + at + ", of " + (end - at) + " left");
            }
            if (HevcConfiguration.isParameters(file.u8(at))) {
                throw ImageException.broken(what + " have a parameter set among them, at byte " + at);
            }
            at += (int) length;
        }
    }

    private long length(int at, int end, int bytes, String what) throws ImageException {
        if (bytes > end - at) {
            throw ImageException.broken(what + " end within the length of a part");
        }
        return file.number(at, bytes);
    }

    /** A tile may be named many times, and is decoded each time. */
    private void requireTiles(List<Long> tiles) throws ImageException {
        long pixels = 0;
        for (long tile : tiles) {
            String kind = items.kind(tile);
            if (kind == null) {
                throw ImageException.broken("the HEIC's tile is to be item " + tile + ", which it has not");
            }
            if (!kind.equals("hvc1")) {
                throw ImageException.unsupported("a HEIC whose tile, item " + tile + ", is of kind " + kind);
            }
            pixels += configuration(tile).pixels();
        }
        if (tiles.isEmpty()) {
            throw ImageException.broken("the HEIC's picture is a grid without tiles");
        }
        if (pixels > limits.pixels()) {
            throw ImageException.tooLarge("HEIC of " + tiles.size() + " tiles with " + pixels
                    + " pixels in all: at most " + limits.pixels() + " are allowed");
        }
    }
}
