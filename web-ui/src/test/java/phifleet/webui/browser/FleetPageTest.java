package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import phifleet.webui.browser.Programs.Program;

/** What happens to the fleet happens on the page. */
@Tag("browser")
class FleetPageTest {
    private Programs programs;
    private Program gateway;
    private Program first;
    private Program second;
    private Browser browser;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        programs = new Programs(null);
        gateway = programs.gateway();
        first = programs.worker("worker-1");
        second = programs.worker("worker-2");
        programs.await(gateway, "fleet", "\"ready\":2");
        browser = new Browser();
        browser.open(gateway.url() + "#fleet");
        browser.awaitText("#pulse", "2 ready");
        browser.awaitText(".banner", "Live");
        browser.awaitText(".worker-count", "2 workers");
    }

    @AfterEach
    void stop() {
        browser.close();
        programs.close();
    }

    @Test
    void workers_areShownLive_withWhatTheySayOfThemselves() {
        browser.awaitText(".banner", "Live");
        browser.awaitText("[data-worker=worker-1]", "ready");
        browser.awaitText("[data-worker=worker-1] .chips", "all-minilm-l6-v2 · 1");
        browser.script("""
                for (let i = 0; i < 20; i++) {
                  fetch("embed", { method: "POST", headers: { "Content-Type": "application/json" },
                    body: JSON.stringify({ texts: ["a text", "another"] }) });
                }
                """);
        browser.awaitText("[data-worker=worker-2] .figures", "ms");
        assertThat(browser.all(".chart-frame canvas")).hasSize(3);
        browser.awaitText(".demand", "workers wanted");
        browser.assertBarsAreTrue();
        browser.click("[data-worker=worker-2] button");
        browser.awaitText(".info-content", "\"worker_id\": \"worker-2\"");
        browser.button("Close").click();
        browser.awaitGone("dialog");
        browser.assertQuiet();
    }

    @Test
    void history_isThereAgainAfterAReload() throws InterruptedException {
        browser.script("""
                for (let i = 0; i < 20; i++) {
                  fetch("embed", { method: "POST", headers: { "Content-Type": "application/json" },
                    body: JSON.stringify({ texts: ["a text", "another"] }) });
                }
                """);
        programs.await(gateway, "fleet/history?metric=p99_ms", "\"values\"");
        browser.scriptThatEnds("""
                const done = arguments[0];
                const look = async (left) => {
                  const { series } = await (await fetch("fleet/history?metric=supply_device_seconds&from=-60")).json();
                  const known = (series[0]?.values ?? []).filter((value) => value !== null).length;
                  if (known > 1) { done(null); } else if (left === 0) { done(`${known} values`); } else { setTimeout(() => look(left - 1), 500); }
                };
                look(40);
                """);
        browser.reload();
        browser.awaitText(".log", "worker-1 is ready");
        browser.awaitText(".log", "worker-2 joins");
        browser.awaitText(".model-totals", "all-minilm-l6-v2");
        browser.find(".model-totals .sparkline path");
        browser.find("[data-worker=worker-1] .sparkline path");
        browser.awaitText(".demand .chart-now", " of 2");
        browser.find(".demand canvas");
        browser.script("document.querySelector('.demand .chart-frame').focus()");
        for (int i = 0; i < 60 && !isFromBeforeTheReload(); i++) {
            browser.press(Keys.ARROW_LEFT);
        }
        assertThat(isFromBeforeTheReload()).isTrue();
        browser.button("1 h").click();
        browser.find(".chart-frame[aria-label*='the last 1 h']");
        browser.assertQuiet();
    }

    /** Whether what the arrows have reached on the demand's chart was there before the page was. */
    private boolean isFromBeforeTheReload() {
        return Boolean.TRUE.equals(browser.script("""
                const [hour, minute, second] = document.querySelector(".demand .chart-hover").textContent.split(" ")[0].split(":");
                const drawn = new Date(performance.timeOrigin);
                drawn.setHours(hour, minute, second, 0);
                return drawn < new Date(performance.timeOrigin);
                """));
    }

    @Test
    void workersOwnPage_showsItsHistoryModelsAndLog() throws IOException, InterruptedException {
        browser.click("[data-worker=worker-1] .worker-id");
        browser.awaitText("h1", "worker-1");
        browser.awaitText(".worker-page .state-line", "ready");
        browser.awaitText(".held", "holds, 1.00000");
        browser.awaitText(".worker-page .summary", "MiB");
        browser.find(".worker-page .chart-frame canvas");
        assertThat(browser.all(".worker-page .chart:not([hidden])")).hasSize(7);

        browser.button("Show its last lines").click();
        browser.find("dialog #admin-key-input");
        browser.assertAccessible();
        browser.press("wrong", Keys.ENTER);
        browser.awaitText("[role=status]", "That admin key was not accepted.");
        browser.button("Show its last lines").click();
        browser.find("dialog #admin-key-input");
        browser.press(Programs.ADMIN_KEY, Keys.ENTER);
        browser.awaitText(".log-lines", "worker-1 is ready at");
        browser.assertAccessible();
        browser.picture("fleet-worker-with-log");
        assertThat(browser.find("body").getText()).doesNotContain(Programs.ADMIN_KEY);

        browser.script("history.back()");
        browser.awaitText("h1", "The fleet");
        browser.find("[data-worker=worker-2] .figures");
        browser.script("location.hash = '#fleet/worker/nobody'");
        browser.awaitText(".worker-page", "No worker of this name is in the fleet now.");
        assertThat(browser.all(".worker-page .operator-actions:not([hidden])")).isEmpty();
        gateway.kill();
        browser.button("Read it again").click();
        browser.awaitText(".card [role=status]", "The server does not answer.");
        assertThat(browser.problems(false)).isEmpty();
    }

    @Test
    void workers_areSortedFilteredAndShownAsATable_byTheKeyboardAlone() throws IOException {
        browser.script("document.getElementById('worker-text').focus()");
        browser.press("KER-2");
        browser.awaitText(".worker-count", "1 of 2 workers");
        browser.awaitGone(".workers [data-worker=worker-1]");
        browser.button("Show all").sendKeys(Keys.ENTER);
        browser.awaitText(".worker-count", "2 workers");
        browser.button("Table").sendKeys(Keys.ENTER);
        browser.awaitText(".worker-table [data-worker=worker-2]", "ready");
        browser.assertAccessible();
        browser.assertNoOverflow();
        browser.reload();
        browser.awaitText(".worker-table [data-worker=worker-1]", "ready");
        browser.assertQuiet();
    }

    @Test
    void worker_thatIsKilled_joinsOrDrains_isSeenAsItHappens() throws IOException, InterruptedException {
        second.kill();
        browser.awaitText("#pulse", "1 ready");
        browser.awaitText(".log", "worker-2");
        browser.find("[data-worker=worker-2]:not([data-state=ready]), .workers:not(:has([data-worker=worker-2]))");
        browser.awaitText(".banner", "1 of 2 workers ready");
        browser.awaitText(".summary", "1 of 2");
        browser.picture("fleet-worker-killed");

        programs.worker("worker-3");
        browser.awaitText(".log", "worker-3 is ready");
        browser.awaitText("#pulse", "2 ready");
        browser.find("[data-worker=worker-3][data-state=ready]");
        browser.awaitText(".banner", "Live");

        // One that leaves in order is missed by nobody.
        first.stop();
        browser.awaitText("#pulse", "1 ready");
        browser.awaitText(".log", "worker-1 is gone");
        browser.awaitText(".banner", "Live");
        // Trouble moves to the front, so that something moves here.
        assertThat(browser.problems(false)).isEmpty();
    }

    /** As the scaler of a Swarm says it. */
    @Test
    void worker_thatNeverCame_isMissedWhereItsServiceIsToHaveIt() {
        String tell = """
                const done = arguments[1];
                fetch("fleet/demand", { headers: { "X-Fleet-Replicas": arguments[0] } })
                  .then((answer) => done(answer.ok ? null : answer.status), (failure) => done(String(failure)));
                """;
        browser.scriptThatEnds(tell, "3");
        browser.awaitText(".banner", "2 of 3 workers ready");
        browser.awaitText(".summary", "2 of 3");
        browser.scriptThatEnds(tell, "2");
        browser.awaitText(".banner", "Live");
        browser.assertQuiet();
    }

    @Test
    void gateway_thatIsKilled_isMissedHonestly_andWelcomedBack() throws IOException, InterruptedException {
        gateway.kill();
        browser.awaitText(".banner", "No connection since");
        browser.click(".tabs a[href='#playground']");
        browser.awaitText(".notice.bad", "This page could not be loaded");
        browser.button("Try again").click();
        browser.awaitText(".notice.bad", "The server does not answer");
        browser.click(".tabs a[href='#fleet']");
        browser.awaitText("#pulse", "reconnecting");
        browser.find(".is-stale .workers");
        browser.awaitText(".log", "The stream broke");

        Program again = programs.gateway(gateway.port());
        programs.await(again, "fleet", "\"ready\":2");
        browser.awaitText(".log", "The stream is back");
        browser.awaitText(".banner", "Live");
        browser.awaitText("#pulse", "2 ready");
        assertThat(browser.all(".is-stale")).isEmpty();
        browser.click(".tabs a[href='#playground']");
        browser.button("Try again").click();
        browser.find("#texts");
        // The browser itself logs what it could not reach, and nothing else is there.
        assertThat(browser.problems(false)).isEmpty();
    }

    @Test
    void gateway_thatIsKilledBehindNginx_leavesAPageThatWorks() throws IOException, InterruptedException {
        Program nginx = programs.nginx(gateway, first, second);
        programs.await(nginx, "fleet", "\"ready\":2");
        browser.open(nginx.url() + "#fleet");
        browser.awaitText(".banner", "Live");

        gateway.kill();
        browser.awaitText(".banner", "No gateway");
        browser.open(nginx.url() + "#fleet");
        browser.awaitText("[data-worker=worker-1]", "ready");
        browser.awaitText("[data-worker=worker-2]", "ready");
        // Whom NGINX asks it chooses itself: what another says is not shown as this one's.
        browser.click("[data-worker=worker-2] .worker-id");
        browser.awaitText(".worker-page .notice", "A gateway remembers what its workers did");
        browser.awaitText(".held", "holds, 1.00000");
        assertThat(browser.all(".worker-page .chart:not([hidden])")).isEmpty();
        for (int i = 0; i < 6; i++) {
            browser.button("Show /info").click();
            browser.awaitText(".info-content", "\"worker_id\": \"worker-2\"");
            browser.button("Close").click();
            browser.awaitGone("dialog");
        }
        browser.open(nginx.url() + "#fleet/model/all-minilm-l6-v2");
        browser.awaitText(".model-page .notice", "A gateway remembers what its workers did");
        browser.awaitText(".model-page", "Held by");
        assertThat(browser.all(".model-page .chart:not([hidden])")).isEmpty();
        browser.open(nginx.url() + "#equations?e=F+%3D+m+a");
        browser.awaitText("#verdict", "A known law");

        Program again = programs.gateway(gateway.port());
        programs.await(again, "fleet", "\"ready\":2");
        browser.open(nginx.url() + "#fleet/model/all-minilm-l6-v2");
        browser.find(".model-page .chart:not([hidden]) canvas");
        browser.open(nginx.url() + "#fleet");
        browser.awaitText(".banner", "Live");
        assertThat(browser.problems(false)).isEmpty();
    }
}
