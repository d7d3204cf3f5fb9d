package phifleet.inference.vision.decode;

import java.util.zip.CRC32;
import phifleet.inference.vision.decode.Picture.Inks;

/**
 * The chunks of a PNG file (PNG specification, third edition, 5 and 11). Of an animated one the picture that all programs show
 * is taken; compressed texts and profiles, which may unfold to any size, are passed over.
 */
final class PngFile {
    private static final int HEADER = 13;

    private final Bytes file;
    private Orientation orientation = Orientation.UPRIGHT;
    private boolean pixels;

    private PngFile(Bytes file) {
        this.file = file;
    }

    static Picture read(Bytes file, ImageLimits limits) throws ImageException {
        file.require(8, 8 + HEADER + 4, "the PNG header");
        if (!file.has(12, "IHDR") || file.u32(8) != HEADER) {
            throw ImageException.broken("the PNG does not begin with its header");
        }
        limits.check(ImageFormat.PNG, file.u32(16), file.u32(20));
        return new PngFile(file).walk();
    }

    private Picture walk() throws ImageException {
        Kept kept = new Kept(file);
        kept.part(0, 8);
        int at = 8;
        while (true) {
            file.require(at, 12, "a PNG chunk");
            long length = file.u32(at);
            file.require(at, 12 + length, "a PNG chunk");
            int whole = 12 + (int) length;
            if (isNeeded(at)) {
                checkSum(at, (int) length);
                kept.part(at, whole);
            }
            pixels |= file.has(at + 4, "IDAT");
            if (file.has(at + 4, "eXIf")) {
                orientation = Orientation.ofExif(file, at + 8, at + 8 + (int) length);
            }
            if (file.has(at + 4, "IEND")) {
                break;
            }
            at += whole;
        }
        if (!pixels) {
            throw ImageException.broken("the PNG ends at byte " + at + " without a picture");
        }
        int width = (int) file.u32(16);
        int height = (int) file.u32(20);
        Bytes rest = new Bytes(kept.toBytes());
        return new Picture(
                ImageFormat.PNG, rest, width, height, Canvas.of(width, height), orientation, Inks.COLOUR, memory());
    }

    private Memory memory() {
        int bytes = file.u8(24) > 8 ? 2 : 1;
        return switch (file.u8(25)) {
            case 2 -> bytes == 1 ? Memory.STRAIGHT : Memory.ofSamples(3 * bytes);
            case 4 -> Memory.ofSamples(2 * bytes);
            case 6 -> Memory.ofSamples(4 * bytes);
            default -> Memory.ofSamples(bytes);
        };
    }

    private boolean isNeeded(int at) {
        return file.has(at + 4, "IDAT")
                || file.has(at + 4, "PLTE")
                || file.has(at + 4, "IEND")
                // The first one counts; a second one could say another size.
                || at == 8;
    }

    private void checkSum(int at, int length) throws ImageException {
        CRC32 sum = new CRC32();
        sum.update(file.data(), at + 4, length + 4);
        if (sum.getValue() != file.u32(at + 8 + length)) {
            throw ImageException.broken("the checksum of the PNG chunk at byte " + at + " is wrong");
        }
    }
}
