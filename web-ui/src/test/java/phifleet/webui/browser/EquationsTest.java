package phifleet.webui.browser;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The page of equations, opened anew for each test in one browser. */
abstract class EquationsTest extends PageTest {
    static Browser browser;

    @BeforeAll
    static void openBrowser() throws IOException {
        browser = new Browser();
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
    }

    @BeforeEach
    void open() {
        browser.open(gateway().url());
        browser.awaitText("#verdict", "A known law");
    }
}
