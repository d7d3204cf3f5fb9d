package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** A picture named by its address, of a host that lets pages read it and of those that do not. */
class PictureByAddressTest extends PlaygroundTest {
    private static PictureHost host;

    @BeforeAll
    static void start() throws IOException {
        host = new PictureHost(HeadsPlayground.picture());
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
        }
    }

    @BeforeEach
    void open() {
        playground.choose("yolos-detector");
    }

    @ParameterizedTest
    @CsvSource({"/cat.jpg", "/nameless", "/elsewhere"})
    void address_ofAPicture_isFetchedByTheBrowserAsNobody_andGoesOnAsAFile(String path) {
        host.asked().clear();
        browser.script("document.cookie = 'of=this-host'; localStorage.setItem('mine', 'secret')");
        browser.type("#image-address", host.url(path) + Keys.ENTER);
        browser.find(".picture[src^=blob]");
        assertThat(host.asked()).isNotEmpty().allSatisfy(headers -> {
            assertThat(headers.keySet()).doesNotContain("Cookie", "Referer", "Authorization");
            assertThat(headers.getFirst("Origin")).isEqualTo("null");
        });
        browser.awaitGone("iframe");
        browser.button("Predict").click();
        browser.awaitText(".stack h3", "Answer");
        browser.awaitText(".snippet", "--data-binary '@" + path.substring(1) + "'");
        browser.script("seen.shift = 0");
        browser.assertQuiet();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/closed.jpg | answers, but does not let other pages read its pictures (CORS). Save the picture",
                "/page | That is no picture but text/html.",
                "/liar.jpg | That is no picture of a known kind: JPEG",
                "/endless.jpg | That is larger than 12 MB.",
                "/gone.jpg | answers 404.",
                "/cut.jpg | broke off before all of it was there.",
                "/slow.jpg | has not sent it within 15 s."
            })
    void address_thatGivesNoPicture_saysWhyAndWhatToDo(String path, String why) {
        browser.type("#image-address", host.url("/cat.jpg") + Keys.ENTER);
        browser.find(".picture[src^=blob]");
        browser.type("#image-address", host.url(path));
        browser.button("Fetch").click();
        browser.awaitText(".drop .error-text", why);
        browser.awaitGone("iframe");
        // What was there before is not taken for what was asked for.
        assertThat(browser.all(".picture").stream().filter(WebElement::isDisplayed))
                .isEmpty();
        browser.button("Predict").click();
        browser.awaitText(".notice.bad", "Choose an image first.");
    }

    @Test
    void host_thatIsNotThere_isSaidNotToAnswer() throws IOException {
        PictureHost gone = new PictureHost(HeadsPlayground.picture());
        gone.close();
        browser.type("#image-address", gone.url("/cat.jpg") + Keys.ENTER);
        browser.awaitText(".drop .error-text", "does not answer. See whether the address is right.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chelsea.jpg | begins with http: or https:",
                "ftp://127.0.0.1/a.jpg | begins with http: or https:",
                "javascript:alert(1) | begins with http: or https:",
                "data:image/png;base64,AAAA | begins with http: or https:",
                "http://me:secret@127.0.0.1/a.jpg | Take it out"
            })
    void address_thatIsNone_isNeverAsked(String address, String why) {
        host.asked().clear();
        browser.type("#image-address", address + Keys.ENTER);
        browser.awaitText(".drop .error-text", why);
        assertThat(browser.all("iframe")).isEmpty();
        assertThat(host.asked()).isEmpty();
        browser.assertQuiet();
    }

    @Test
    void fetch_isStartedAndEndedFromTheKeyboardAlone_andAFileTakesItsPlace() throws IOException {
        for (String theme : List.of("light", "dark")) {
            browser.prefers(theme);
            for (int width : List.of(360, 1280, 2560)) {
                browser.size(width, 900);
                playground.choose("yolos-detector");
                browser.script("document.getElementById('image-address').focus()");
                browser.press(host.url("/slow.jpg"), Keys.TAB);
                assertThat(browser.focused()).isEqualTo("Fetch");
                browser.press(Keys.SPACE);
                browser.button("Cancel");
                assertThat(browser.focused()).isEqualTo("Cancel");
                assertThat(String.valueOf(browser.script("return document.querySelector('iframe').sandbox.value")))
                        .isEqualTo("allow-scripts");
                browser.assertNoOverflow();
                browser.assertAccessible();
                browser.press(Keys.SPACE);
                browser.button("Fetch");
                browser.awaitGone("iframe");
                browser.assertNoOverflow();
                browser.assertQuiet();
                browser.picture("picture-address-" + theme + "-" + width);
            }
        }
        browser.press(Keys.SPACE);
        browser.button("Cancel");
        browser.find("#image").sendKeys(HeadsPlayground.picture().toString());
        browser.find(".picture[src^=blob]");
        browser.button("Fetch");
        browser.awaitGone("iframe");
    }

    @Test
    void document_thatFetches_hasNoOriginOfItsOwn_evenWhereItIsOpenedAlone() {
        browser.open(playground.url() + "assets/picture-fetch.html");
        assertThat(browser.script("return self.origin")).isEqualTo("null");
        assertThat(browser.script("try { return localStorage.length; } catch (refused) { return refused.name; }"))
                .isEqualTo("SecurityError");
    }
}
