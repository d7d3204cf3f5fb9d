package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import phifleet.webui.browser.Programs.Program;

/** What operators do to workers, on their cards. */
@Tag("browser")
class OperatorsPageTest {
    private static final String SECOND = "[data-worker=worker-2]";

    private Programs programs;
    private Browser browser;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        programs = new Programs(null);
        Program gateway = programs.gateway();
        programs.worker("worker-1");
        programs.worker("worker-2");
        programs.await(gateway, "fleet", "\"ready\":2");
        browser = new Browser();
        browser.open(gateway.url() + "#fleet");
        browser.awaitText("#pulse", "2 ready");
    }

    @AfterEach
    void stop() {
        browser.close();
        programs.close();
    }

    private void giveKey() {
        browser.button("Operate").click();
        browser.type("#admin-key-input", Programs.ADMIN_KEY);
        browser.button("Use this key").click();
        browser.awaitGone("dialog");
        browser.find(SECOND + " .operator-actions:not([hidden])");
    }

    private void act(String worker, String action) {
        browser.click("[aria-label='" + action + " " + worker + "']");
        browser.awaitText("dialog h2", action + " " + worker + "?");
    }

    @Test
    void actions_areThereOnceTheKeyWasGiven_andGoWithIt() throws IOException {
        assertThat(browser.all(".operator-actions:not([hidden])")).isEmpty();
        browser.button("Operate").click();
        browser.type("#admin-key-input", "another");
        browser.button("Use this key").click();
        browser.awaitText(".page-head .error-text", "That admin key was not accepted");
        assertThat(browser.all(".operator-actions:not([hidden])")).isEmpty();

        giveKey();
        browser.size(1440, 900);
        browser.assertAccessible();
        browser.assertNoOverflow();
        browser.picture("operators-1440");
        browser.size(390, 844);
        browser.assertNoOverflow();
        browser.picture("operators-390");
        browser.button("Stop operating").click();
        browser.awaitGone(".operator-actions:not([hidden])");
    }

    /** As where operators were given another key meanwhile. */
    @Test
    void key_thatIsTakenNoMore_isSaidWhereItWasUsed_andForgotten() {
        giveKey();
        browser.script("sessionStorage.setItem('phi-fleet.admin-key', 'of yesterday')");
        act("worker-2", "Cordon");
        browser.click("dialog .primary");
        browser.awaitText("dialog .error-text", "That admin key was not accepted.");
        browser.button("Cancel").click();
        browser.awaitGone(".operator-actions:not([hidden])");
        assertThat(browser.button("Operate").isEnabled()).isTrue();
        assertThat(browser.problems(false)).isEmpty();
        browser.script("window.scrollTo(0, 0)");
        giveKey();
    }

    @Test
    void worker_isCordonedResumedAndDrained_andTheLastIsAskedForTwice() throws IOException {
        giveKey();
        act("worker-2", "Cordon");
        // What the bar at the top covers meanwhile is no smaller for it.
        browser.script("window.scrollTo(0, 0)");
        browser.assertAccessible();
        browser.picture("operators-confirm");
        browser.click("dialog .primary");
        browser.find(SECOND + "[data-state=cordoned]");
        browser.awaitText(".log", "Cordon of worker-2. By admin.");
        browser.awaitText(".banner", "1 of 2 workers ready");
        browser.picture("operators-cordoned");

        act("worker-1", "Drain");
        browser.click("dialog .primary");
        browser.awaitText("dialog .error-text", "no other worker than worker-1 takes requests");
        browser.button("Cancel").click();
        browser.awaitGone("dialog");

        act("worker-2", "Resume");
        browser.click("dialog .primary");
        browser.find(SECOND + "[data-state=ready]");
        act("worker-2", "Drain");
        browser.click("dialog .primary");
        browser.find(SECOND + "[data-state=cordoned]");
        browser.awaitGone("dialog");
        browser.awaitText("#announcer", "worker-2 is cordoned, nothing is in hand");

        act("worker-1", "Cordon");
        browser.click("dialog .primary");
        browser.awaitText("dialog .error-text", "no other worker");
        browser.button("Cordon it all the same").click();
        browser.find("[data-worker=worker-1][data-state=cordoned]");
        browser.awaitText("#pulse", "0 ready");
    }

    @Test
    void model_isUnloadedOnOneWorker_andWhatIsUnknownIsSaid() {
        giveKey();
        browser.click("[aria-label='Models worker-2']");
        browser.type("#model-name", "nothing-like-it");
        browser.button("Load").click();
        browser.awaitText("dialog .error-text", "nothing-like-it");
        browser.type("#model-name", "all-minilm-l6-v2");
        browser.button("Unload").click();
        browser.awaitText("dialog [role=status]", "all-minilm-l6-v2 is unloaded on worker-2");
        browser.button("Close").click();
        browser.awaitText(".log", "Unload of all-minilm-l6-v2 at worker-2. By admin.");
        browser.awaitText("[data-worker=worker-1] .chips", "all-minilm-l6-v2 · 1");
    }
}
