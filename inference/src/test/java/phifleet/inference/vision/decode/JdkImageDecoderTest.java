package phifleet.inference.vision.decode;

class JdkImageDecoderTest extends ImageDecoderTest {
    @Override
    JpegLibrary library() {
        return JpegLibrary.JDK;
    }
}
