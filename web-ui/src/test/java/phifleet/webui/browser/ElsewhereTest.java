package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import phifleet.webui.browser.Programs.Program;

/** Links to where else the fleet is shown are there where their addresses are set, and nowhere else. */
@Tag("browser")
class ElsewhereTest {
    @Test
    void links_areThoseThatTheGatewayIsTold() throws IOException, InterruptedException {
        try (Programs programs = new Programs(null);
                Browser browser = new Browser()) {
            Program told = programs.gateway(
                    "told",
                    Map.of(
                            "PHI_LINKS_GRAFANA",
                            "https://grafana.example.org/d/phi-fleet",
                            "PHI_LINKS_PAGE",
                            "http://fleet/"));
            Program untold = programs.gateway("untold", Map.of());
            programs.await(told, "fleet", "grafana.example.org");
            programs.await(told, "metrics", "fleet_page{url=\"http://fleet/\"} 1");
            programs.await(untold, "fleet", "\"links\":{}");

            browser.open(told.url() + "#fleet");
            browser.awaitText(".elsewhere", "Grafana");
            assertThat(browser.all(".elsewhere a")).singleElement().satisfies(link -> {
                assertThat(link.getDomAttribute("href")).isEqualTo("https://grafana.example.org/d/phi-fleet");
                assertThat(link.getDomAttribute("rel")).isEqualTo("noreferrer");
            });
            browser.assertQuiet();

            browser.open(untold.url() + "#fleet");
            browser.awaitText(".banner", "Live");
            assertThat(browser.all(".elsewhere").stream().filter(WebElement::isDisplayed))
                    .isEmpty();
        }
    }
}
