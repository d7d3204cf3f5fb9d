package phifleet.webui.browser;

import org.junit.jupiter.api.BeforeEach;

/** The page of equations, opened anew for each test. */
abstract class EquationsTest extends OneBrowserTest {
    @BeforeEach
    void open() {
        browser.open(gateway().url());
        browser.awaitText("#verdict", "A known law");
    }
}
