package phifleet.webui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {
    private final Site site = new Site();

    private SiteAnswer get(String path, @Nullable String acceptEncoding, @Nullable String ifNoneMatch) {
        return site.get(path, acceptEncoding, ifNoneMatch).orElseThrow();
    }

    @Test
    void page_hasAPolicyWithoutInlineOrEvaluatedCode() {
        SiteAnswer page = get("/", null, null);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers())
                .containsEntry("Content-Type", "text/html; charset=utf-8")
                .containsEntry("Cache-Control", "no-cache");
        assertThat(page.headers().get("Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .doesNotContain("unsafe");
        String html = new String(page.body(), StandardCharsets.UTF_8);
        assertThat(html).startsWith("<!doctype html>").doesNotContain("style=", "onclick=", "<style");
    }

    @Test
    void documents_thatMayAskOtherHosts_haveNoOrigin_andThePageAsksNone() {
        assertThat(get("/", null, null).headers().get("Content-Security-Policy"))
                .contains("connect-src 'self';", "frame-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("sandbox");
        SiteAnswer fetcher = get("/assets/picture-fetch.html", null, null);
        assertThat(fetcher.headers()).containsEntry("Referrer-Policy", "no-referrer");
        assertThat(fetcher.headers().get("Content-Security-Policy"))
                .startsWith("sandbox allow-scripts; default-src 'none'")
                .contains("frame-ancestors 'self'")
                .doesNotContain("allow-same-origin", "unsafe");
        assertThat(new String(fetcher.body(), StandardCharsets.UTF_8)).doesNotContain("<style", "style=", "onload=");
    }

    @Test
    void page_isAlsoAtDocs() {
        assertThat(get("/docs", null, null).body())
                .isEqualTo(get("/", null, null).body());
    }

    @Test
    void gzip_isTheSameContent_underATagOfItsOwn() throws IOException {
        SiteAnswer plain = get("/assets/main.js", null, null);
        SiteAnswer gzip = get("/assets/main.js", "gzip, deflate, br", null);
        assertThat(plain.headers()).doesNotContainKey("Content-Encoding").containsEntry("Vary", "Accept-Encoding");
        assertThat(gzip.headers()).containsEntry("Content-Encoding", "gzip").containsEntry("Vary", "Accept-Encoding");
        assertThat(gzip.headers().get("ETag")).isNotEqualTo(plain.headers().get("ETag"));
        assertThat(gzip.body().length).isLessThan(plain.body().length);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(plain.body());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | true",
                "GZIP;q=0.5 | true",
                "br, * | true",
                "br | false",
                "identity | false",
                "gzip;q=0 | false",
                "gzip; q=0.000, * | false",
                "*;q=0 | false",
                "xgzip | false"
            })
    void gzip_isSentToThoseWhoTakeIt(String acceptEncoding, boolean gzip) {
        assertThat(get("/assets/main.js", acceptEncoding, null).headers().containsKey("Content-Encoding"))
                .isEqualTo(gzip);
    }

    @Test
    void tag_thatTheClientHas_saysNotModified() {
        String tag = Objects.requireNonNull(
                get("/assets/site.css", "gzip", null).headers().get("ETag"));
        for (String header : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*", tag.replace("-gz", "")}) {
            SiteAnswer answer = get("/assets/site.css", "gzip", header);
            assertThat(answer.status()).as(header).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers()).containsEntry("ETag", tag).doesNotContainKey("Content-Type");
        }
        assertThat(get("/assets/site.css", "gzip", "\"other\"").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/",
                "/assets/lib",
                "/assets/absent.js",
                "/assets/../index.html",
                "/assets/../../Site.class",
                "/assets/..%2f..%2fSite.class",
                "/assets/%2e%2e/index.html",
                "/assets//main.js",
                "/assets/./main.js",
                "/assets/.hidden.js",
                "/assets/main.js/",
                "/assets/main.js\u0000.css",
                "/assets/lib/katex/LICENSE",
                "/index.html",
                "/docs/",
                "/etc/passwd",
                ""
            })
    void get_whatIsNoFileOfThePage_isNothing(String path) {
        assertThat(site.get(path, null, null)).isEmpty();
    }

    @Test
    void get_aVeryLongPath_isNothing() {
        assertThat(site.get("/assets/" + "a".repeat(100_000) + ".js", null, null))
                .isEmpty();
        assertThat(site.get("/assets" + "/a".repeat(50_000) + ".js", null, null))
                .isEmpty();
    }

    @Test
    void libraries_mayBeKeptForGood_andTheirPathsAreFilledIn() throws Exception {
        String libraries = new String(get("/assets/libraries.js", null, null).body(), StandardCharsets.UTF_8);
        assertThat(libraries).doesNotContain("@");
        int begin = libraries.indexOf("lib/katex/");
        String katex = libraries.substring(begin, libraries.indexOf('"', begin));
        SiteAnswer script = get("/assets/" + katex + "katex.min.js", "gzip", null);
        assertThat(script.headers()).containsEntry("Cache-Control", "public, max-age=31536000, immutable");
        SiteAnswer font = get("/assets/" + katex + "fonts/KaTeX_Main-Regular.woff2", "gzip", null);
        assertThat(font.headers())
                .containsEntry("Content-Type", "font/woff2")
                .doesNotContainKey("Content-Encoding")
                .doesNotContainKey("Vary");
    }

    @Test
    void modules_importOnlyWhatIsThere_andNothingFromElsewhere() throws IOException, URISyntaxException {
        Path assets = Path.of(
                Objects.requireNonNull(Site.class.getResource("site/assets")).toURI());
        int modules = 0;
        try (Stream<Path> files = Files.list(assets)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".js")).toList()) {
                String text = Files.readString(file);
                modules++;
                var imports = java.util.regex.Pattern.compile("(?:from |import\\()\"([^\"]+)\"")
                        .matcher(text);
                while (imports.find()) {
                    assertThat(imports.group(1)).as(file.toString()).startsWith("./");
                    assertThat(assets.resolve(imports.group(1))).exists();
                }
                assertThat(text).as(file.toString()).doesNotContain("innerHTML", "eval(", "https://", "new Function");
            }
        }
        assertThat(modules).isGreaterThan(10);
    }

    @Test
    void allFiles_compressed_areLessThan500Kilobytes() throws IOException, URISyntaxException {
        Path root =
                Path.of(Objects.requireNonNull(Site.class.getResource("site")).toURI());
        long bytes = 0;
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = "/" + root.relativize(file).toString().replace('\\', '/');
                bytes += path.equals("/index.html")
                        ? get("/", "gzip", null).body().length
                        : site.get(path, "gzip", null)
                                .map(answer -> answer.body().length)
                                .orElse(0);
            }
        }
        assertThat(bytes).isBetween(100_000L, 500_000L);
    }
}
