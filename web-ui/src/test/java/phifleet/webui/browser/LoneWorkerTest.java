package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import phifleet.webui.browser.Programs.Program;

/** A worker without a gateway, that asks for a key. */
@Tag("browser")
class LoneWorkerTest {
    private static Programs programs;
    private static Program worker;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        programs = new Programs("secret");
        worker = programs.loneWorker("lonely");
        programs.await(worker, "info", "\"status\":\"ready\"");
        browser = new Browser();
    }

    @AfterAll
    static void stop() {
        browser.close();
        programs.close();
    }

    @Test
    void page_asksForTheKey_andShowsAFleetOfOne() throws IOException {
        browser.open(worker.url() + "#fleet");
        browser.find("dialog #key-input");
        browser.assertAccessible();
        // Who gives no key is left in peace, and told why nothing is there.
        browser.press(Keys.ESCAPE);
        browser.awaitGone("dialog");
        browser.awaitText(".banner", "The fleet wants a key, and none was given.");
        browser.open(worker.url() + "#equations");
        browser.find("dialog #key-input");
        browser.button("Cancel").click();
        browser.awaitText(".notice.bad", "The fleet wants a key");
        browser.button("Try again").click();
        browser.find("dialog #key-input");
        browser.press(Keys.ESCAPE);
        browser.awaitGone("dialog");
        browser.click(".tabs a[href='#fleet']");
        browser.click("#key");
        browser.find("dialog #key-input");
        browser.press("wrong", Keys.ENTER);
        browser.awaitText("dialog .error-text", "not accepted");
        browser.press("secret", Keys.ENTER);
        browser.awaitGone("dialog");
        browser.awaitText(".banner", "No gateway");
        browser.awaitText("[data-worker=lonely]", "ready");
        browser.awaitText("#pulse", "1 ready");

        browser.click(".tabs a[href='#playground']");
        browser.click("button.primary");
        browser.awaitText(".snippet", "Authorization: Bearer $PHI_API_KEY");
        assertThat(browser.find("body").getText()).doesNotContain("secret");
        assertThat(browser.address()).doesNotContain("secret");

        browser.reload();
        browser.awaitText("#pulse", "1 ready");
        assertThat(browser.all("dialog")).isEmpty();
        browser.click("[href='#fleet']");
        browser.awaitText("[data-worker=lonely] .figures", "ms");
        browser.click("[data-worker=lonely] button");
        browser.awaitText(".info-content", "\"worker_id\": \"lonely\"");
        browser.button("Close").click();

        browser.click("#key");
        browser.button("Forget the key").click();
        browser.awaitGone("dialog");
        assertThat(String.valueOf(browser.script("return sessionStorage.getItem('phi-fleet.key')")))
                .isEqualTo("null");
        assertThat(browser.problems(false)).isEmpty();
    }
}
