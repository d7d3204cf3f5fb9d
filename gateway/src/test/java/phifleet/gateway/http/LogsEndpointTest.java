package phifleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phifleet.gateway.balance.DirectorySettings;

/** The last lines of logs are operators' alone. */
@Timeout(60)
class LogsEndpointTest {
    private static HttpResponse<String> get(GatewayFixture fixture, String path, String key) throws Exception {
        return fixture.client.send(
                fixture.request(path).header("Authorization", "Bearer " + key).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void logs_wantTheAdminKey_ofTheGatewayAndOfEachWorker() throws Exception {
        try (GatewayFixture fixture =
                new GatewayFixture(1, GatewayFixture.PROXY, "secret", DirectorySettings.DEFAULT)) {
            assertThat(fixture.get("/logs").statusCode()).isEqualTo(401);
            assertThat(get(fixture, "/logs", "secret").statusCode()).isEqualTo(401);
            assertThat(get(fixture, "/workers/w0/logs", "secret").statusCode()).isEqualTo(401);

            assertThat(get(fixture, "/logs?lines=5", GatewayFixture.ADMIN_KEY).body())
                    .startsWith("{\"lines\":[");
            assertThat(get(fixture, "/workers/w0/logs?lines=5", GatewayFixture.ADMIN_KEY)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(fixture.workers.getFirst().lastHeaders.get("Authorization"))
                    .isEqualTo("Bearer " + GatewayFixture.ADMIN_KEY);
        }
    }

    @Test
    void logs_linesOutOfBounds_areRefusedByTheBound() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(0)) {
            for (String lines : new String[] {"0", "501", "-1", "many", "99999999999"}) {
                HttpResponse<String> answer = get(fixture, "/logs?lines=" + lines, GatewayFixture.ADMIN_KEY);
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body())
                        .contains("`lines` is '" + lines + "', and must be a whole number from 1 to 500")
                        .contains("\"field\":\"lines\"");
            }
        }
    }
}
