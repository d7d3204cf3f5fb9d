package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A photo by the camera of a machine without a touch screen. */
class WebcamTest extends PlaygroundTest {
    private static final String CAMERA = "--use-fake-device-for-media-stream";

    private static void choose(Browser camera) {
        camera.open(playground.url() + "#playground");
        camera.find("#model option");
        camera.find("#model").sendKeys("yolos-detector");
        camera.button("Take a photo").click();
    }

    @Test
    void photo_isTaken_andGoesOnAsAFile() throws IOException {
        try (Browser camera = new Browser(CAMERA, "--use-fake-ui-for-media-stream")) {
            choose(camera);
            camera.awaitTrue("return document.querySelector('.webcam video').videoWidth > 0");
            assertThat(camera.focused()).isEqualTo("Take it");
            camera.assertAccessible();
            camera.script("window.ofCamera = document.querySelector('.webcam video')");
            camera.button("Take it").click();
            camera.find(".picture[src^=blob]");
            requireOff(camera);
            camera.button("Predict").click();
            camera.awaitText(".stack h3", "Answer");
            camera.awaitText(".snippet", "--data-binary '@photo.jpg'");

            camera.button("Take a photo").click();
            camera.find(".webcam video");
            camera.button("Cancel").click();
            requireOff(camera);
            camera.find(".picture[src^=blob]");

            camera.button("Take a photo").click();
            camera.find(".webcam video");
            camera.click(".tabs a[href='#fleet']");
            requireOff(camera);
            assertThat(camera.problems(false)).isEmpty();
        }
    }

    private static void requireOff(Browser camera) {
        camera.awaitTrue("return ofCamera.srcObject === null");
    }

    @Test
    void camera_thatAPersonKeepsToThemselves_isSaidToBe() throws IOException {
        try (Browser camera = new Browser(CAMERA, "--deny-permission-prompts")) {
            choose(camera);
            camera.awaitText(".drop .error-text", "This page may not use the camera");
            assertThat(camera.problems(false)).isEmpty();
        }
    }
}
