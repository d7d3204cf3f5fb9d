package phifleet.worker.http.ingest;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.vision.decode.ImageDecoder;
import phifleet.inference.vision.decode.ImageException;
import phifleet.inference.vision.decode.ImageLimits;

/**
 * Decodes so many images at once that half of the heap holds them: what fits in beside its like on every thread is decoded so, a larger
 * image alone, and one that half of the heap cannot hold is refused, as its header says how large it is. Thread-safe.
 */
final class HeapDecoding {
    /** Bytes a pixel while a JPEG is decoded and turned, as {@link ImageLimits} has it. */
    private static final int JPEG_BYTES = 7;

    /** Of the costliest, a PNG of 16 bits with alpha. */
    private static final int MOST_BYTES = 14;

    private final int threads;
    private final Semaphore places;
    private final Sizes jpeg;
    private final Sizes others;

    /** A decoder for what is decoded beside others, and one for what is decoded alone. */
    private record Sizes(ImageDecoder beside, ImageDecoder alone) {
        static Sizes of(long bytes, int threads, int pixelBytes) {
            return new Sizes(decoder(bytes / threads / pixelBytes), decoder(bytes / pixelBytes));
        }

        private static ImageDecoder decoder(long pixels) {
            ImageLimits most = ImageLimits.DEFAULT;
            return new ImageDecoder(new ImageLimits(Math.clamp(pixels, 1, most.pixels()), most.side()));
        }
    }

    /** @param heapBytes of the process, of which half is for images */
    HeapDecoding(long heapBytes, int threads) {
        this.threads = threads;
        this.places = new Semaphore(threads, true);
        this.jpeg = Sizes.of(heapBytes / 2, threads, JPEG_BYTES);
        this.others = Sizes.of(heapBytes / 2, threads, MOST_BYTES);
    }

    /** Decodes on the calling thread, once there is memory for it. */
    DecodedImage decode(byte[] file, @Nullable ImageModel detector, ImageModel encoder)
            throws ImageException, InterruptedException {
        Sizes sizes = file.length > 1 && (file[0] & 0xff) == 0xff && (file[1] & 0xff) == 0xd8 ? jpeg : others;
        try {
            return decode(sizes.beside(), 1, file, detector, encoder);
        } catch (ImageException e) {
            if (e.kind() != ImageException.Kind.TOO_LARGE) {
                throw e;
            }
            return decode(sizes.alone(), threads, file, detector, encoder);
        }
    }

    private DecodedImage decode(
            ImageDecoder decoder, int permits, byte[] file, @Nullable ImageModel detector, ImageModel encoder)
            throws ImageException, InterruptedException {
        places.acquire(permits);
        try {
            return DecodedImage.of(decoder, file, detector, encoder);
        } finally {
            places.release(permits);
        }
    }
}
