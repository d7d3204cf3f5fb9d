package phifleet.inference.vision.decode;

class JdkHostileImageTest extends HostileImageTest {
    @Override
    JpegLibrary library() {
        return JpegLibrary.JDK;
    }
}
