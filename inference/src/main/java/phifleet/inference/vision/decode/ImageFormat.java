package phifleet.inference.vision.decode;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What a file is by its first bytes, whatever its name or media type says. */
enum ImageFormat {
    JPEG("JPEG", true),
    PNG("PNG", true),
    GIF("GIF", true),
    WEBP("WebP", true),
    BMP("BMP", true),
    HEIC("HEIC", true),
    AVIF("AVIF", false),
    VIDEO("a film (ISO media)", false),
    TIFF("TIFF", false),
    PDF("PDF", false),
    JPEG_2000("JPEG 2000", false),
    JPEG_XL("JPEG XL", false),
    PHOTOSHOP("a Photoshop document", false),
    ICON("a Windows icon", false),
    SVG("SVG", false),
    ZIP("a ZIP archive", false),
    GZIP("a gzip file", false);

    /** What is served, for messages. */
    static final String SERVED = "JPEG, PNG, GIF, WebP and BMP are decoded";

    private final String label;
    private final boolean served;

    ImageFormat(String label, boolean served) {
        this.label = label;
        this.served = served;
    }

    String label() {
        return label;
    }

    /** @throws ImageException if it is a format that is not decoded, with its name, or none that is known */
    static ImageFormat of(Bytes file) throws ImageException {
        if (file.length() == 0) {
            throw ImageException.broken("the file is empty");
        }
        ImageFormat format = find(file);
        if (format == null) {
            String head = HexFormat.ofDelimiter(" ").formatHex(file.data(), 0, Math.min(8, file.length()));
            throw ImageException.unsupported("a file that begins with " + head + " is no image known here: " + SERVED);
        }
        if (!format.served) {
            throw ImageException.unsupported("the file is " + format.label + ": " + SERVED);
        }
        return format;
    }

    private static @Nullable ImageFormat find(Bytes file) {
        if (file.has(0, 0xFF, 0xD8, 0xFF)) {
            return JPEG;
        }
        if (file.has(0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
            return PNG;
        }
        if (file.has(0, "GIF87a") || file.has(0, "GIF89a")) {
            return GIF;
        }
        if (file.has(0, "RIFF") && file.has(8, "WEBP")) {
            return WEBP;
        }
        if (file.has(0, "BM")) {
            return BMP;
        }
        if (file.has(4, "ftyp")) {
            return ofBrand(file);
        }
        return ofOther(file);
    }

    /** ISO/IEC 14496-12: what comes after ftyp names the kind of the content. */
    private static ImageFormat ofBrand(Bytes file) {
        if (file.has(8, "avif") || file.has(8, "avis")) {
            return AVIF;
        }
        for (String brand : new String[] {"heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"}) {
            if (file.has(8, brand)) {
                return HEIC;
            }
        }
        return VIDEO;
    }

    private static @Nullable ImageFormat ofOther(Bytes file) {
        if (file.has(0, 'I', 'I', 42, 0) || file.has(0, 'M', 'M', 0, 42) || file.has(0, 'I', 'I', 43, 0)) {
            return TIFF;
        }
        if (file.has(0, "%PDF")) {
            return PDF;
        }
        if (file.has(4, "jP  ") || file.has(0, 0xFF, 0x4F, 0xFF, 0x51)) {
            return JPEG_2000;
        }
        if (file.has(0, 0xFF, 0x0A) || file.has(4, "JXL ")) {
            return JPEG_XL;
        }
        if (file.has(0, "8BPS")) {
            return PHOTOSHOP;
        }
        if (file.has(0, 0, 0, 1, 0) || file.has(0, 0, 0, 2, 0)) {
            return ICON;
        }
        if (file.has(0, "PK")) {
            return ZIP;
        }
        if (file.has(0, 0x1F, 0x8B)) {
            return GZIP;
        }
        String head = new String(file.data(), 0, Math.min(512, file.length()), StandardCharsets.ISO_8859_1);
        return head.contains("<svg") ? SVG : null;
    }
}
