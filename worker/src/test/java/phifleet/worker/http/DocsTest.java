package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import phifleet.http.Json;
import phifleet.http.RawClient;

class DocsTest {
    private static TestWorker worker;

    @BeforeAll
    static void start() {
        worker = new TestWorker("");
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @Test
    void description_hasEveryRoute_andNoOther() throws Exception {
        HttpResponse<String> response = worker.get("/openapi.yaml");
        assertThat(response.headers().firstValue("content-type")).contains("application/yaml; charset=utf-8");
        JsonNode description = new YAMLMapper().readTree(response.body());
        Set<String> described = new TreeSet<>();
        description
                .get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    // The gateway has these in front of the same routes.
                    if (!method.getValue().at("/tags/0").asText().equals("fleet")) {
                        described.add(method.getKey().toUpperCase(Locale.ROOT) + " "
                                + path.getKey().replaceAll("\\{\\w+}", "*"));
                    }
                }));
        Set<String> served = new TreeSet<>();
        worker.server
                .routes()
                .forEach(route -> served.add(route.method() + " " + route.path().replaceAll(":\\w+", "*")));
        assertThat(described).isEqualTo(served);
    }

    /** SnakeYAML takes no more than 50, and so do the generators of clients that are built on it. */
    @Test
    void description_hasFewAliases() throws Exception {
        LoaderOptions strict = new LoaderOptions();
        strict.setMaxAliasesForCollections(40);
        Object description = new Yaml(strict).load(worker.get("/openapi.yaml").body());
        assertThat(description).isInstanceOf(Map.class);
    }

    @Test
    void description_everyReference_leadsSomewhere() throws Exception {
        String yaml = worker.get("/openapi.yaml").body();
        JsonNode description = new YAMLMapper().readTree(yaml);
        Matcher references = Pattern.compile("\\$ref: '#([^']+)'").matcher(yaml);
        while (references.find()) {
            assertThat(description.at(references.group(1)).isMissingNode())
                    .as(references.group(1))
                    .isFalse();
        }
        assertThat(description.at("/openapi").asText()).isEqualTo("3.1.0");
        assertThat(yaml).contains("idempotent by contract");
    }

    @Test
    void description_asJson_hasNoAliasLeft() throws Exception {
        JsonNode json = Json.of(worker.get("/openapi.json"));
        assertThat(json.at("/openapi").asText()).isEqualTo("3.1.0");
        assertThat(json.findValues("parameters").stream().filter(JsonNode::isArray))
                .hasSizeGreaterThan(20);
        for (String field : List.of("responses", "headers", "content", "schema")) {
            assertThat(json.findValues(field)).as(field).allMatch(JsonNode::isObject);
        }
    }

    @Test
    void page_andAllItAsksFor_comesFromHere() {
        HttpResponse<String> page = worker.get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .startsWith("default-src 'none'");
        assertThat(worker.get("/docs").body()).isEqualTo(page.body());
        Matcher assets = Pattern.compile("(?:src|href)=\"(assets/[^\"]+)\"").matcher(page.body());
        int found = 0;
        while (assets.find()) {
            assertThat(worker.get("/" + assets.group(1)).statusCode())
                    .as(assets.group(1))
                    .isEqualTo(200);
            found++;
        }
        assertThat(found).isGreaterThan(3);
        assertThat(page.body()).doesNotContain("http://", "https://");
    }

    @Test
    void file_isSentCompressedWithATag_andNotTwice() throws Exception {
        HttpResponse<byte[]> file = bytes("/assets/main.js", "Accept-Encoding", "gzip");
        assertThat(file.headers().firstValue("Content-Encoding")).contains("gzip");
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(worker.get("/assets/main.js").body());
        }
        String tag = file.headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> again = bytes("/assets/main.js", "Accept-Encoding", "gzip", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).contains(tag);
    }

    @Test
    void head_hasTheHeadersOfGet_andNoBody() {
        HttpResponse<String> head = worker.send(worker.request("/assets/main.js")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());
        HttpResponse<String> get = worker.get("/assets/main.js");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("ETag")).isEqualTo(get.headers().firstValue("ETag"));
        assertThat(head.headers().firstValue("Content-Length"))
                .contains(Integer.toString(get.body().getBytes(StandardCharsets.UTF_8).length));
    }

    @Test
    void pathsBesideThePage_areNotFound() {
        for (String path : List.of(
                "/assets/absent.js",
                "/assets/",
                "/assets/../openapi.yaml.js",
                "/assets/..%2f..%2f..%2flog4j2.xml",
                "/assets/%2e%2e/%2e%2e/Site.class",
                "/assets/main.js%00.css",
                "/docs/index.html",
                "/index.html")) {
            // Sent as it is: a client of Java's own would tidy it up first.
            try (RawClient raw = worker.raw()) {
                assertThat(raw.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n")
                                .head())
                        .as(path)
                        .matches("(?s)HTTP/1.1 40[04] .*");
            }
        }
    }

    @Test
    void otherMethods_areRefused() {
        HttpResponse<String> post = worker.post("/docs", "{}");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).isPresent();
    }

    @Test
    void page_needsNoKey_andItsDescriptionDoes() {
        try (TestWorker guarded = new TestWorker("api-key: secret")) {
            assertThat(guarded.get("/").statusCode()).isEqualTo(200);
            assertThat(guarded.get("/docs").statusCode()).isEqualTo(200);
            assertThat(guarded.get("/assets/main.js").statusCode()).isEqualTo(200);
            assertThat(guarded.get("/openapi.yaml").statusCode()).isEqualTo(401);
            assertThat(guarded.get("/info").statusCode()).isEqualTo(401);
        }
    }

    private static HttpResponse<byte[]> bytes(String path, String... headers) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(worker.request(path, headers).build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }
}
