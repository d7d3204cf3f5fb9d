package phifleet.scaler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScalerTest {
    @TempDir
    private Path folder;

    private FakeEngine engine;
    private EngineSocket socket;
    private HttpServer gateway;
    private volatile String demand = "{\"wanted_workers\":2,\"may_shrink\":true,\"reason\":\"x\"}";
    private volatile String key = "";
    private volatile String told = "";

    @BeforeEach
    void start() throws IOException {
        engine = new FakeEngine(folder, 2);
        socket = new EngineSocket(engine.socket, Duration.ofSeconds(5));
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        gateway.createContext("/fleet/demand", exchange -> {
            key = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            told = String.valueOf(exchange.getRequestHeaders().getFirst("X-Fleet-Replicas"));
            byte[] body = demand.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        gateway.start();
    }

    @AfterEach
    void end() throws IOException {
        gateway.stop(0);
        socket.close();
        engine.close();
    }

    private Scaler scaler(int port) {
        List<ScalerSettings.Gateway> gateways = List.of(new ScalerSettings.Gateway("127.0.0.1", port));
        ScalerSettings settings = new ScalerSettings(
                "phi_worker", gateways, engine.socket, Duration.ofSeconds(1), Duration.ofMinutes(10), 50, "k");
        return new Scaler(settings, new Gateways(gateways, "k"), socket, Clock.systemUTC());
    }

    private Scaler scaler() {
        return scaler(gateway.getAddress().getPort());
    }

    @Test
    void look_moreWanted_setsTheNumberAndPassesTheSpecThrough() {
        demand = "{\"wanted_workers\":6,\"may_shrink\":false}";
        Scaler scaler = scaler();
        scaler.look();

        assertThat(engine.specs).containsExactly(FakeEngine.spec("", 6));
        assertThat(key).isEqualTo("Bearer k");
        scaler.look();
        assertThat(engine.specs).hasSize(1);
    }

    @Test
    void look_fleetThatSleeps_isLookedAtMoreOften() {
        assertThat(scaler().look()).isEqualTo(Duration.ofSeconds(1));

        demand = "{\"wanted_workers\":0,\"may_shrink\":true}";
        assertThat(scaler().look()).isLessThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void look_lessWanted_shrinksOnlyWhereItMay() {
        demand = "{\"wanted_workers\":1,\"may_shrink\":false}";
        Scaler scaler = scaler();
        scaler.look();
        assertThat(engine.specs).isEmpty();

        demand = "{\"wanted_workers\":0,\"may_shrink\":true}";
        scaler.look();
        assertThat(engine.specs).containsExactly(FakeEngine.spec("", 0));
    }

    @Test
    void look_gateways_areToldWhatTheServiceHasToHave_whoeverSetIt() {
        Scaler scaler = scaler();
        scaler.look();
        assertThat(told).isEqualTo("2");

        demand = "{\"wanted_workers\":6,\"may_shrink\":true}";
        scaler.look();
        scaler.look();
        assertThat(told).isEqualTo("6");
        engine.change(FakeEngine.spec("", 1), Clock.systemUTC().instant().toString());
        scaler.look();
        assertThat(told).isEqualTo("1");
    }

    /** While workers end and start one after another nobody should miss them, and a service that is gone has no number. */
    @Test
    void look_updateUnderWayOrNoService_isNoWordOnHowManyThereShouldBe() {
        Scaler scaler = scaler();
        engine.updateState = "updating";
        scaler.look();
        assertThat(told).isEqualTo("null");

        engine.updateState = "completed";
        scaler.look();
        assertThat(told).isEqualTo("2");
        told = "nothing";
        engine.spec = "{\"Name\":\"phi_worker\",\"Mode\":{\"Global\":{}}}";
        scaler.look();
        assertThat(told).isEqualTo("nothing");
        assertThat(scaler.said()).contains("not replicated");
    }

    @Test
    void look_noGatewayAnswers_leavesAllAsItIs() {
        demand = "{\"wanted_workers\":\"many\"}";
        Scaler scaler = scaler();
        scaler.look();
        assertThat(scaler.said()).contains("no gateway says");

        Scaler lonely = scaler(1);
        lonely.look();
        assertThat(lonely.said()).contains("no gateway says");
        assertThat(engine.specs).isEmpty();
    }

    @Test
    void look_changedMeanwhile_triesAgainWithWhatThereIs() {
        demand = "{\"wanted_workers\":6,\"may_shrink\":true}";
        Scaler scaler = scaler();
        engine.outOfSequence = true;
        scaler.look();
        assertThat(engine.specs).isEmpty();

        engine.outOfSequence = false;
        engine.version.set(90);
        scaler.look();
        assertThat(engine.specs).containsExactly(FakeEngine.spec("", 6));
    }

    @Test
    void look_tasksWithoutANode_saysWhatTheSwarmCannotDo() {
        demand = "{\"wanted_workers\":6,\"may_shrink\":true}";
        String placed = "{\"NodeID\":\"n\",\"Status\":{\"State\":\"running\"}}";
        String pending =
                "{\"Status\":{\"State\":\"pending\",\"Err\":\"no suitable node (insufficient resources on 3 nodes)\"}}";
        engine.tasks = "[" + String.join(",", placed, placed, placed, placed, pending, pending) + "]";
        Scaler scaler = scaler();
        scaler.look();
        scaler.look();

        assertThat(scaler.said()).contains("wanted 6, Swarm can place 4", "insufficient resources on 3 nodes");
    }

    @Test
    void look_twoScalers_agreeAndNeitherTakesTheOtherForAPerson() {
        Scaler one = scaler();
        Scaler two = scaler();
        for (int wanted : new int[] {2, 5, 9, 3}) {
            demand = "{\"wanted_workers\":" + wanted + ",\"may_shrink\":true}";
            one.look();
            two.look();
            one.look();
            assertThat(engine.spec).isEqualTo(FakeEngine.spec("", wanted));
        }
        assertThat(engine.specs).hasSize(3);
    }

    @Test
    void look_personScales_isLeftAloneUntilToldToResume() {
        Scaler scaler = scaler();
        scaler.look();
        engine.change(FakeEngine.spec("", 8), Clock.systemUTC().instant().toString());
        scaler.look();
        assertThat(scaler.said()).contains("by hand");
        assertThat(engine.specs).isEmpty();

        engine.change(
                FakeEngine.spec("\"phi.scaler\":\"resume\",", 8),
                Clock.systemUTC().instant().toString());
        scaler.look();
        assertThat(engine.specs).containsExactly(FakeEngine.spec("\"phi.scaler\":\"resume\",", 2));
    }

    @Test
    void look_engineGone_isSaidAndTriedAgain() throws IOException {
        Scaler scaler = scaler();
        engine.close();
        scaler.look();

        assertThat(scaler.said()).contains("engine cannot be asked");
    }
}
