package phifleet.worker.http.image;

import phifleet.common.Problem;
import phifleet.inference.vision.decode.ImageException;

/** What is wrong with the file of an image, in the words of HTTP. */
public final class ImageProblems {
    private ImageProblems() {}

    public static Problem of(ImageException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.kind()) {
            case UNSUPPORTED -> Problem.of(415, "unsupported_image", message, "image");
            case TOO_LARGE -> Problem.of(413, "image_too_large", message, "image");
            case BROKEN -> Problem.badRequest("invalid_image", message, "image");
        };
    }
}
