package phifleet.worker.http.ingest.pipeline;

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
 * @param pixels hash of what is shown, whatever part of its detail was decoded
 * @param width upright, in pixels
 * @param forDetector null where none is to look
 * @param forFaces likewise
 */
public record DecodedImage(
        String pixels,
        int width,
        int height,
        @Nullable Given forDetector,
        @Nullable Given forFaces,
        Given forEncoder) {

    /**
     * On the calling thread; some milliseconds a megapixel.
     *
     * @param reduce whether a large JPEG is decoded with no more detail than models need
     */
    static DecodedImage of(ImageDecoder decoder, byte[] file, IngestModels models, boolean reduce)
            throws ImageException {
        return decoder.decode(file, reduce ? NeededDetail.of(models) : Detail.ALL, image -> of(image, models));
    }

    private static DecodedImage of(Image image, IngestModels models) throws ImageException {
        return new DecodedImage(
                Fingerprint.ofPixels(image),
                image.source().width(),
                image.source().height(),
                prepared(models.detector(), image),
                prepared(models.faces(), image),
                models.encoder().prepare(image));
    }

    private static @Nullable Given prepared(@Nullable ImageModel model, Image image) throws ImageException {
        return model == null ? null : model.prepare(image);
    }
}
