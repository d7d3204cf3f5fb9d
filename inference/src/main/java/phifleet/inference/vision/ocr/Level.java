package phifleet.inference.vision.ocr;

/** How networks that read text take a channel of a pixel: from −1 for 0 to 1 for 255. */
final class Level {
    private Level() {}

    static float of(float value) {
        return (value / 255 - 0.5f) / 0.5f;
    }
}
