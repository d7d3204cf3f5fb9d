package phifleet.worker.http;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.vision.decode.HeifLibrary;
import phifleet.inference.vision.decode.ImageDecoder;
import phifleet.inference.vision.decode.ImageLimits;
import phifleet.inference.vision.decode.JpegLibrary;
import phifleet.inference.vision.decode.PixelBudget;

/**
 * How images become pixels.
 *
 * @param jpegLibrary a file of libjpeg-turbo's TurboJPEG interface, or {@value #NONE}; null to look where the system does
 * @param heifLibrary a file of libheif, or {@value #NONE}; null to look where the system does
 * @param reduce whether a large JPEG is decoded to a smaller size where a model wants a much smaller one: faster, and with scores
 *     that differ a little from those of all of its pixels
 * @param threads that decode, of all requests together
 * @param memoryBytes that decoding may take at once
 */
public record DecodingSettings(
        @Nullable String jpegLibrary, @Nullable String heifLibrary, boolean reduce, int threads, long memoryBytes) {
    /** As a library: the JDK decodes JPEG, and nobody HEIC. */
    static final String NONE = "none";

    private static final int MIB = 1 << 20;

    /**
     * Reads the section {@code images}.
     *
     * @param processors what the machine has
     * @param heap bytes that the heap may have
     */
    static DecodingSettings read(SettingsSection images, int processors, long heap) {
        return new DecodingSettings(
                library(images, "jpeg-library", JpegLibrary::of),
                library(images, "heif-library", HeifLibrary::of),
                images.flag("reduce", false),
                images.integer("threads", processors, 1, 1024),
                // The rest of the heap holds bodies, and answers.
                images.number("memory-mb", Math.max(1, heap / 2 / MIB), 1, 1 << 20) * MIB);
    }

    private static @Nullable String library(SettingsSection images, String name, Consumer<Path> load) {
        @Nullable String library = images.optionalText(name);
        if (library != null && !library.equals(NONE)) {
            try {
                load.accept(Path.of(library));
            } catch (IllegalArgumentException e) {
                images.mistake(name, library, e.getMessage() + "; must be a file, or " + NONE);
            }
        }
        return library;
    }

    JpegLibrary jpeg() {
        if (jpegLibrary == null) {
            return JpegLibrary.find();
        }
        return jpegLibrary.equals(NONE) ? JpegLibrary.JDK : JpegLibrary.of(Path.of(jpegLibrary));
    }

    HeifLibrary heif() {
        if (heifLibrary == null) {
            return HeifLibrary.find();
        }
        return heifLibrary.equals(NONE) ? HeifLibrary.NONE : HeifLibrary.of(Path.of(heifLibrary));
    }

    ImageDecoder decoder(JpegLibrary jpeg, HeifLibrary heif) {
        return new ImageDecoder(ImageLimits.DEFAULT, jpeg, heif, new PixelBudget(memoryBytes));
    }
}
