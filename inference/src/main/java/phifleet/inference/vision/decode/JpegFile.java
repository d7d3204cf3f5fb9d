package phifleet.inference.vision.decode;

import phifleet.inference.vision.decode.Picture.Inks;

/** The segments of a JPEG file (ITU-T T.81, annex B), walked from the first marker to the end marker. */
final class JpegFile {
    private static final int SOF_0 = 0xC0;
    private static final int SOF_15 = 0xCF;
    private static final int DHT = 0xC4;
    private static final int JPG = 0xC8;
    private static final int DAC = 0xCC;
    private static final int RST_0 = 0xD0;
    private static final int RST_7 = 0xD7;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP_0 = 0xE0;
    private static final int APP_1 = 0xE1;
    private static final int APP_14 = 0xEE;
    private static final int APP_15 = 0xEF;
    private static final int COMMENT = 0xFE;
    private static final int TEM = 0x01;

    /** Each scan goes over all pixels; what encoders write has up to 15, and a small file can hold ten thousand. */
    private static final int MOST_SCANS = 100;

    /** Of libjpeg's two ways to be told the colours, that for luma and chroma; and, equally long, that for all others. */
    private static final int[] JFIF = {0xFF, 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};

    private static final int[] ADOBE = {0xFF, 0xEE, 0, 16, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0, 0, 0};
    private static final int ADOBE_TRANSFORM = 15;
    private static final int NO_TRANSFORM = -1;

    private final Bytes file;
    private final ImageLimits limits;
    private final Kept kept;
    private Orientation orientation = Orientation.UPRIGHT;
    private int width;
    private int height;
    private int components;
    private boolean jfif;
    private int transform = NO_TRANSFORM;
    private boolean namedRgb;
    private int halvedRows;
    private boolean progressive;
    private double samplesPerPixel;
    private int scans;

    private JpegFile(Bytes file, ImageLimits limits) {
        this.file = file;
        this.limits = limits;
        this.kept = new Kept(file);
    }

    static Picture read(Bytes file, ImageLimits limits) throws ImageException {
        return new JpegFile(file, limits).walk();
    }

    private Picture walk() throws ImageException {
        kept.bytes(0xFF, SOI).bytes(JFIF);
        int at = 2;
        while (true) {
            at = next(at);
            int marker = file.u8(at++);
            if (marker == EOI) {
                break;
            }
            if (marker == TEM || (marker >= RST_0 && marker <= RST_7)) {
                continue;
            }
            if (marker == SOI) {
                throw ImageException.broken("a second JPEG begins at byte " + (at - 2) + ", inside of the first");
            }
            file.require(at, 2, "a JPEG segment");
            int length = file.u16(at);
            if (length < 2) {
                throw ImageException.broken("the JPEG segment at byte " + (at - 2) + " has a length of " + length);
            }
            file.require(at, length, "a JPEG segment");
            segment(marker, at, length);
            at += length;
            if (marker == SOS) {
                int end = scan(at);
                kept.part(at, end - at);
                at = end;
            }
        }
        if (scans == 0) {
            throw ImageException.broken("the JPEG ends at byte " + at + " without a picture");
        }
        kept.bytes(0xFF, EOI);
        if (components == 4 || isRgb()) {
            kept.put(2, ADOBE).put(2 + ADOBE_TRANSFORM, Math.max(transform, 0));
        }
        Canvas canvas = Canvas.of(width, height);
        return new Picture(
                ImageFormat.JPEG,
                new Bytes(kept.toBytes()),
                width,
                height,
                canvas,
                orientation,
                inks(),
                memory(),
                halvedRows);
    }

    private Inks inks() {
        return switch (components) {
            case 1 -> Inks.GREY;
            case 4 -> transform == 2 ? Inks.YCCK : Inks.CMYK;
            default -> halvedRows != 0 && !isRgb() ? Inks.HALF_THE_ROWS : Inks.COLOUR;
        };
    }

    /** All of a picture's coefficients are kept, 2 bytes each, where they come in more scans than one. */
    private Memory memory() {
        boolean kept = progressive || scans > 1;
        return Memory.ofJpeg(inks(), kept ? (long) Math.ceil(2.0 * width * height * samplesPerPixel) : 0);
    }

    /** Where the code of the next marker is; bytes that belong to none are passed over, as libjpeg does. */
    private int next(int from) throws ImageException {
        int at = from;
        while (at + 1 < file.length()) {
            int code = file.u8(at + 1);
            if (file.u8(at) == 0xFF && code != 0xFF && code != 0) {
                return at + 1;
            }
            at++;
        }
        throw ImageException.broken(
                "the file is cut short: the JPEG ends at byte " + file.length() + " without its end marker (FF D9)");
    }

    private void segment(int marker, int at, int length) throws ImageException {
        switch (marker) {
            case APP_0 -> jfif |= length >= 16 && file.has(at + 2, 'J', 'F', 'I', 'F', 0);
            case APP_14 -> {
                if (length >= 14 && file.has(at + 2, "Adobe")) {
                    transform = file.u8(at + 13);
                }
            }
            case APP_1 -> {
                if (orientation == Orientation.UPRIGHT && file.has(at + 2, 'E', 'x', 'i', 'f', 0, 0)) {
                    orientation = Orientation.ofExif(file, at + 2, at + length);
                }
            }
            case SOS -> {
                if (width == 0) {
                    throw ImageException.broken("the JPEG's pixels begin at byte " + (at - 2) + ", before its size");
                }
                if (++scans > MOST_SCANS) {
                    throw ImageException.tooLarge("the JPEG has more than " + MOST_SCANS + " scans");
                }
                keepIf(true, at, length);
            }
            default -> {
                boolean dropped = marker == COMMENT || (marker >= APP_0 && marker <= APP_15);
                if (marker >= SOF_0 && marker <= SOF_15 && marker != DHT && marker != JPG && marker != DAC) {
                    frame(marker - SOF_0, at, length);
                }
                keepIf(!dropped, at, length);
            }
        }
    }

    private void frame(int process, int at, int length) throws ImageException {
        if (length < 8 || width > 0) {
            throw ImageException.broken("the JPEG has " + (width > 0 ? "two sizes" : "no size") + ": a frame header of "
                    + length + " bytes at byte " + (at - 2));
        }
        int bits = file.u8(at + 2);
        components = file.u8(at + 7);
        limits.check(ImageFormat.JPEG, file.u16(at + 5), file.u16(at + 3));
        if (process > 2) {
            throw ImageException.unsupported("JPEG by process " + process
                    + " (lossless, hierarchical or arithmetic): 0 to 2, baseline to progressive, are decoded");
        }
        if (bits != 8) {
            throw ImageException.unsupported("JPEG with " + bits + " bits a sample: 8 are decoded");
        }
        if (components != 1 && components != 3 && components != 4) {
            throw ImageException.unsupported("JPEG with " + components + " components: 1, 3 and 4 are decoded");
        }
        width = file.u16(at + 5);
        height = file.u16(at + 3);
        progressive = process == 2;
        samplesPerPixel = samplesPerPixel(at, length);
        namedRgb = length >= 17 && file.u8(at + 8) == 'R' && file.u8(at + 11) == 'G' && file.u8(at + 14) == 'B';
        halvedRows = halvedRows(at, length);
    }

    /** Of all components together: 1.5 where two of three have a quarter. */
    private double samplesPerPixel(int at, int length) {
        int across = 1;
        int down = 1;
        double samples = 0;
        for (int i = 0; i < components && 9 + 3 * i < length; i++) {
            int sampling = file.u8(at + 9 + 3 * i);
            across = Math.max(across, sampling >> 4);
            down = Math.max(down, sampling & 15);
            samples += (sampling >> 4) * (sampling & 15);
        }
        return samples / (across * down);
    }

    /** The components that have half of the picture's rows and all of its columns, a bit each. */
    private int halvedRows(int at, int length) {
        int across = 1;
        int down = 1;
        for (int i = 0; i < components && 9 + 3 * i < length; i++) {
            across = Math.max(across, file.u8(at + 9 + 3 * i) >> 4);
            down = Math.max(down, file.u8(at + 9 + 3 * i) & 15);
        }
        int halved = 0;
        for (int i = 0; i < components && 9 + 3 * i < length; i++) {
            int sampling = file.u8(at + 9 + 3 * i);
            if (sampling >> 4 == across && 2 * (sampling & 15) == down) {
                halved |= 1 << i;
            }
        }
        return halved;
    }

    /** As libjpeg decides: JFIF has luma and chroma, then Adobe's word counts, then the components' names. */
    private boolean isRgb() {
        return !jfif && (transform == NO_TRANSFORM ? namedRgb : transform == 0);
    }

    /** Where the coded pixels end: at the next marker that is not one of those inside of them. */
    private int scan(int from) {
        int at = file.next(0xFF, from);
        while (at + 1 < file.length()) {
            int code = file.u8(at + 1);
            if (code != 0 && code != 0xFF && (code < RST_0 || code > RST_7)) {
                return at;
            }
            at = file.next(0xFF, at + 1);
        }
        return file.length();
    }

    private void keepIf(boolean wanted, int at, int length) {
        if (wanted) {
            kept.part(at - 2, length + 2);
        }
    }
}
