package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> described.add(method.toUpperCase(Locale.ROOT) + " "
                                + path.getKey().replaceAll("\\{\\w+}", "*"))));
        Set<String> served = new TreeSet<>();
        worker.server.routes().forEach(route -> served.add(route.method() + " " + route.path()));
        assertThat(described).isEqualTo(served);
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
    void page_andAllItAsksFor_comesFromHere() {
        HttpResponse<String> page = worker.get("/docs");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .startsWith("default-src 'none'");
        Matcher assets = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page.body());
        int found = 0;
        while (assets.find()) {
            assertThat(assets.group(1)).doesNotContain("//");
            assertThat(worker.get("/" + assets.group(1)).statusCode())
                    .as(assets.group(1))
                    .isEqualTo(200);
            found++;
        }
        assertThat(found).isEqualTo(5);
        assertThat(worker.get("/docs/../openapi.yaml").statusCode()).isIn(200, 404);
        assertThat(worker.get("/docs/index.html").statusCode()).isEqualTo(404);
    }
}
