package phifleet.webui.browser;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** The playground of tiny models in one browser, for all tests of a class. */
@Tag("browser")
abstract class PlaygroundTest {
    static HeadsPlayground playground;
    static Browser browser;

    @BeforeAll
    static void startPlayground() throws IOException, InterruptedException {
        playground = HeadsPlayground.start();
        browser = playground.browser();
    }

    @AfterAll
    static void stopPlayground() {
        if (playground != null) {
            playground.close();
        }
    }

    @BeforeEach
    void usual() {
        playground.usual();
    }
}
