package phifleet.worker.http.image;

import phifleet.common.Problem;
import phifleet.inference.vision.decode.ImageException;

/** What is wrong with the file of an image, in the words of HTTP. */
public final class ImageProblems {
    private ImageProblems() {}

    /** Of the only one of a request. */
    public static Problem of(ImageException e) {
        return of(e, String.valueOf(e.getMessage()), "image");
    }

    /**
     * Of one among others.
     *
     * @param path where it stands in the request
     */
    public static Problem of(ImageException e, String path) {
        return of(e, "`" + path + "`: " + e.getMessage(), path);
    }

    private static Problem of(ImageException e, String message, String path) {
        return switch (e.kind()) {
            case UNSUPPORTED -> Problem.of(415, "unsupported_image", message, path);
            case TOO_LARGE -> Problem.of(413, "image_too_large", message, path);
            case BROKEN -> Problem.badRequest("invalid_image", message, path);
        };
    }
}
