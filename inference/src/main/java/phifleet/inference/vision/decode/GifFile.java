package phifleet.inference.vision.decode;

import phifleet.inference.vision.decode.Picture.Inks;

/** The blocks of a GIF file (GIF89a specification, 17 to 26) up to the end of its first frame. Around the frame is what Pillow puts there. */
final class GifFile {
    private static final int EXTENSION = 0x21;
    private static final int CONTROL = 0xF9;
    private static final int FRAME = 0x2C;
    private static final int TRAILER = 0x3B;
    private static final int HEADER = 13;

    private GifFile() {}

    static Picture read(Bytes file, ImageLimits limits) throws ImageException {
        file.require(0, HEADER, "the GIF header");
        int width = file.u16le(6);
        int height = file.u16le(8);
        limits.check(ImageFormat.GIF, width, height);
        int colours = tableBytes(file.u8(10));
        file.require(HEADER, colours, "the GIF's colours");
        Kept kept = new Kept(file);
        kept.part(0, HEADER + colours);
        int at = HEADER + colours;
        int transparent = 0;
        while (true) {
            file.require(at, 1, "the GIF's blocks");
            int block = file.u8(at);
            if (block == FRAME) {
                break;
            }
            if (block != EXTENSION) {
                throw ImageException.broken(
                        block == TRAILER
                                ? "the GIF ends at byte " + at + " without a picture"
                                : "the GIF has an unknown block " + block + " at byte " + at);
            }
            file.require(at, 8, "a GIF extension");
            if (file.u8(at + 1) == CONTROL && (file.u8(at + 3) & 1) != 0) {
                transparent = file.u8(at + 6);
            }
            at = endOfData(file, at + 2);
        }
        file.require(at, 10, "the GIF's first frame");
        int frameWidth = file.u16le(at + 5);
        int frameHeight = file.u16le(at + 7);
        limits.check(ImageFormat.GIF, frameWidth, frameHeight);
        int local = tableBytes(file.u8(at + 9));
        file.require(at + 10, local, "the GIF's colours");
        int background =
                local > 0 ? colour(file, at + 10, local, transparent) : colour(file, HEADER, colours, transparent);
        Canvas canvas = new Canvas(width, height, file.u16le(at + 1), file.u16le(at + 3), background);
        int end = endOfData(file, at + 10 + local + 1);
        kept.part(at, end - at).bytes(TRAILER);
        Bytes rest = new Bytes(kept.toBytes());
        return new Picture(
                ImageFormat.GIF,
                rest,
                frameWidth,
                frameHeight,
                canvas,
                Orientation.UPRIGHT,
                Inks.COLOUR,
                Memory.ofSamples(1));
    }

    /** Bytes of a table of colours, by the flags of what it belongs to. */
    private static int tableBytes(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private static int colour(Bytes file, int table, int bytes, int index) {
        int at = table + 3 * index;
        return 3 * index < bytes ? (file.u8(at) << 16) | file.u16(at + 1) : 0;
    }

    private static int endOfData(Bytes file, int from) throws ImageException {
        int at = from;
        while (true) {
            file.require(at, 1, "the GIF's data");
            int length = file.u8(at);
            at += 1 + length;
            if (length == 0) {
                return at;
            }
        }
    }
}
