package phifleet.inference.vision.decode;

import phifleet.inference.vision.decode.Picture.Inks;

/**
 * The chunks of a WebP file (RFC 9649): of a still one its picture, of an animation its first frame. What lies around it, and
 * the transparency that a lossy picture has in a chunk of its own, is left out.
 */
final class WebpFile {
    private static final int HEADER = 12;
    private static final int FRAME_HEADER = 16;

    private final Bytes file;
    private final ImageLimits limits;
    private Orientation orientation = Orientation.UPRIGHT;
    private int width;
    private int height;
    private int picture;
    private Canvas canvas = Canvas.of(1, 1);

    private WebpFile(Bytes file, ImageLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    static Picture read(Bytes file, ImageLimits limits) throws ImageException {
        file.require(HEADER, 8, "the WebP's first chunk");
        return new WebpFile(file, limits).walk();
    }

    private Picture walk() throws ImageException {
        long declared = file.u32le(4) + 8;
        file.require(0, declared, "the WebP");
        chunks(HEADER, (int) declared);
        if (picture == 0) {
            throw ImageException.broken("the WebP ends at byte " + declared + " without a picture");
        }
        if (canvas.width() == 1 && canvas.height() == 1) {
            canvas = Canvas.of(width, height);
        }
        int length = 8 + (int) file.u32le(picture + 4);
        int padding = length & 1;
        int size = 4 + length + padding;
        Kept kept = new Kept(file)
                .part(0, 4)
                .bytes(size, size >> 8, size >> 16, size >> 24)
                .part(8, 4)
                .part(picture, length);
        Bytes rest = new Bytes((padding == 0 ? kept : kept.bytes(0)).toBytes());
        return new Picture(
                ImageFormat.WEBP, rest, width, height, canvas, orientation, Inks.COLOUR, Memory.ofSamples(4));
    }

    private void chunks(int from, int to) throws ImageException {
        long at = from;
        while (at + 8 <= to) {
            int chunk = (int) at;
            long length = file.u32le(chunk + 4);
            file.require(at + 8, length, "a WebP chunk");
            chunk(chunk, (int) length);
            at += 8 + length + (length & 1);
        }
    }

    private void chunk(int at, int length) throws ImageException {
        int body = at + 8;
        if (file.has(at, "EXIF")) {
            orientation = Orientation.ofExif(file, body, body + length);
        } else if (picture != 0) {
            // Only the first frame is wanted.
            return;
        } else if (file.has(at, "VP8X") && length >= 10) {
            canvas = Canvas.of(file.u24le(body + 4) + 1, file.u24le(body + 7) + 1);
            limits.check(ImageFormat.WEBP, canvas.width(), canvas.height());
        } else if (file.has(at, "ANMF") && length >= FRAME_HEADER) {
            int left = 2 * file.u24le(body);
            int top = 2 * file.u24le(body + 3);
            canvas = new Canvas(canvas.width(), canvas.height(), left, top, 0);
            chunks(body + FRAME_HEADER, body + length);
        } else if (file.has(at, "VP8 ") && length >= 10) {
            found(at, file.u16le(body + 6) & 0x3FFF, file.u16le(body + 8) & 0x3FFF);
        } else if (file.has(at, "VP8L") && length >= 5) {
            long bits = file.u32le(body + 1);
            found(at, (int) (bits & 0x3FFF) + 1, (int) ((bits >> 14) & 0x3FFF) + 1);
        }
    }

    private void found(int at, int pictureWidth, int pictureHeight) throws ImageException {
        limits.check(ImageFormat.WEBP, pictureWidth, pictureHeight);
        picture = at;
        width = pictureWidth;
        height = pictureHeight;
    }
}
