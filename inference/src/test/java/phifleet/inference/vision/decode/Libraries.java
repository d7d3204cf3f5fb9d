package phifleet.inference.vision.decode;

/** What decodes JPEG on the machine that runs the tests; the log says it once. */
final class Libraries {
    private static final JpegLibrary HERE = find();

    private Libraries() {}

    static JpegLibrary here() {
        return HERE;
    }

    private static JpegLibrary find() {
        JpegLibrary found = JpegLibrary.find();
        System.out.println("tests of images: JPEG is decoded by " + found.description());
        return found;
    }
}
