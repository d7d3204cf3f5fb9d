package phifleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phifleet.common.Sha256;
import phifleet.common.WorkerCard.HeldModel;
import phifleet.http.caller.NamedKey;

/** Callers with keys of their own, before a gateway. */
@Timeout(60)
class NamedKeysTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HASH =
            HexFormat.of().formatHex(Sha256.digest().digest("bounded".getBytes(StandardCharsets.UTF_8)));

    private final GatewayFixture fixture = new GatewayFixture(
            1,
            GatewayFixture.edge(
                    "shared-key",
                    List.of(
                            new NamedKey("ann", hash("ann's"), OptionalDouble.empty(), OptionalDouble.empty()),
                            new NamedKey("bounded", HASH, OptionalDouble.of(1), OptionalDouble.empty()),
                            new NamedKey("poor", hash("poor's"), OptionalDouble.empty(), OptionalDouble.of(6)))),
            "shared-key");

    private static String hash(String key) {
        return HexFormat.of().formatHex(Sha256.digest().digest(key.getBytes(StandardCharsets.UTF_8)));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private HttpResponse<String> ask(String key, String path) throws Exception {
        return fixture.post(path, "{}", "Authorization", "Bearer " + key);
    }

    private JsonNode usage() throws Exception {
        HttpResponse<String> usage = fixture.client.send(
                fixture.request("/fleet/usage")
                        .header("Authorization", "Bearer " + GatewayFixture.ADMIN_KEY)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(usage.statusCode()).isEqualTo(200);
        return JSON.readTree(usage.body());
    }

    @Test
    void keys_areAllAdmitted_andOthersNot() throws Exception {
        for (String key : List.of("shared-key", "ann's", "bounded", "poor's")) {
            assertThat(ask(key, "/embed").statusCode()).as(key).isEqualTo(200);
        }
        assertThat(ask("else", "/embed").statusCode()).isEqualTo(401);
        assertThat(ask(HASH, "/embed").statusCode()).as("the hash is no key").isEqualTo(401);
        assertThat(ask("ann's", "/fleet/workers/w0/cordon").statusCode())
                .as("an operator's key is another")
                .isEqualTo(401);
    }

    @Test
    void rate_isKept_inTheDialectsShape() throws Exception {
        HttpResponse<String> refused = ask("bounded", "/v1/embeddings");
        for (int i = 0; i < 5 && refused.statusCode() == 200; i++) {
            refused = ask("bounded", "/v1/embeddings");
        }
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(JSON.readTree(refused.body()).at("/error/message").asText())
                .isEqualTo("the key bounded may ask 1.0 times a second");
        assertThat(JSON.readTree(refused.body()).at("/error/type").isMissingNode())
                .as("as OpenAI's are")
                .isFalse();
        assertThat(ask("ann's", "/v1/embeddings").statusCode())
                .as("others are not held up")
                .isEqualTo(200);
        assertThat(usage().at("/keys/2/refused").asInt()).isPositive();
    }

    @Test
    void budget_isWhatAnswersSayTheyTook_byModel() throws Exception {
        fixture.directory.members(List.of(fixture.workers.getFirst().card(new HeldModel("m", "sentence-encoder"))));
        GatewayFixture.await(() -> fixture.directory.snapshot().knows("m") && fixture.ready() == 1);
        assertThat(fixture.post(
                                "/embed?device=7500",
                                "{\"model\":\"m\"}",
                                "Authorization",
                                "Bearer poor's",
                                "Content-Type",
                                "application/json")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused = ask("poor's", "/embed");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("15");
        assertThat(JSON.readTree(refused.body()).at("/error/code").asText()).isEqualTo("budget_exceeded");

        assertThat(ask("ann's", "/embed?device=250").statusCode()).isEqualTo(200);
        JsonNode usage = usage();
        assertThat(usage.at("/keys").findValuesAsText("key")).containsExactly("shared", "ann", "bounded", "poor");
        JsonNode poor = usage.at("/keys/3");
        assertThat(poor.path("device_seconds").asDouble()).isEqualTo(7.5);
        assertThat(poor.at("/models/0/model").asText()).isEqualTo("m");
        assertThat(poor.path("device_seconds_per_minute").asDouble()).isEqualTo(6);
        assertThat(poor.path("device_seconds_left").asDouble()).isNegative();
        assertThat(usage.path("models").findValuesAsText("device_seconds")).contains("7.5", "0.25");
        assertThat(usage.toString()).doesNotContain(HASH);
        HttpResponse<String> metrics = fixture.client.send(
                fixture.request("/metrics")
                        .header("Authorization", "Bearer shared-key")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(metrics.body())
                .contains("api_key_device_seconds_total{key=\"poor\",model=\"m\"} 7.5")
                .contains("api_key_refused_total{key=\"poor\"} 1.0");
    }

    @Test
    void usage_isForOperatorsAlone() throws Exception {
        assertThat(fixture.get("/fleet/usage").statusCode()).isEqualTo(401);
        assertThat(fixture.post("/fleet/usage", "", "Authorization", "Bearer " + GatewayFixture.ADMIN_KEY)
                        .statusCode())
                .isEqualTo(405);
    }
}
