package phifleet.worker.http.ingest;

import org.jspecify.annotations.Nullable;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.tensor.ImageModel.Given;
import phifleet.inference.vision.decode.Detail;
import phifleet.inference.vision.decode.Image;
import phifleet.inference.vision.decode.ImageDecoder;
import phifleet.inference.vision.decode.ImageException;
import phifleet.worker.index.Fingerprint;

/**
 * One decode of a file, and what each model takes of it.
 *
 * @param pixels hash of what was decoded
 * @param width upright, in pixels
 * @param forDetector null where none is to look
 */
record DecodedImage(
        String pixels, int width, int height, @Nullable Given forDetector, Given forEncoder) {

    /** On the calling thread; some 10 ms a megapixel. */
    static DecodedImage of(ImageDecoder decoder, byte[] file, @Nullable ImageModel detector, ImageModel encoder)
            throws ImageException {
        // All of its detail, since the hash of its pixels must not depend on what models want.
        return decoder.decode(file, Detail.ALL, image -> of(image, detector, encoder));
    }

    private static DecodedImage of(Image image, @Nullable ImageModel detector, ImageModel encoder)
            throws ImageException {
        return new DecodedImage(
                Fingerprint.ofPixels(image),
                image.width(),
                image.height(),
                detector == null ? null : detector.prepare(image),
                encoder.prepare(image));
    }
}
