package phifleet.worker.phi;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code phi cordon}, {@code drain} and {@code resume} at a terminal, with something that answers as a gateway does. */
class WorkerCommandsTest {
    private final List<String> asked = new ArrayList<>();
    private HttpServer gateway;
    private volatile int status = 200;
    private volatile String answer = "";

    @BeforeEach
    void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    private PhiRun phi(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--url");
        all.add("http://127.0.0.1:" + gateway.getAddress().getPort());
        return PhiRun.of(all);
    }

    @Test
    void cordon_says_whatBecameOfTheWorker() {
        answer = "{\"worker\":\"w 1\",\"state\":\"cordoned\",\"changed\":true,\"in_hand\":3}";
        PhiRun ended = phi("cordon", "w 1");
        assertThat(ended).isEqualTo(new PhiRun(0, List.of("w 1: cordoned, 3 in hand"), ""));
        assertThat(asked).containsExactly("POST /fleet/workers/w%201/cordon");
    }

    @Test
    void drain_forced_says_whenItWasDone() {
        answer = "{\"state\":\"cordoned\",\"changed\":true,\"in_hand\":0,\"drained\":true,\"cordoned_ms\":2310}";
        assertThat(phi("drain", "w1", "--force").out()).containsExactly("w1: cordoned, nothing is in hand after 2.3 s");
        assertThat(asked).containsExactly("POST /fleet/workers/w1/drain?force=true");
    }

    @Test
    void resume_ofOneThatIsOpen_saysSo() {
        answer = "{\"state\":\"ready\",\"changed\":false,\"in_hand\":0}";
        assertThat(phi("resume", "w1").out()).containsExactly("w1: ready, as it was");
    }

    @Test
    void fleet_whereNobodyListens_isSaidInALine() {
        gateway.stop(0);
        PhiRun ended = phi("fleet");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors()).endsWith(" does not answer: nobody listens there, or it cannot be reached");
    }

    @Test
    void fleet_hasTroubleFirst() {
        answer = """
                {"workers":[{"id":"a","state":"ready"},{"id":"b","state":"cordoned"},{"id":"c","state":"ejected","state_reason":"5 failures"},
                {"id":"d","state":"joining"}],"gateway":{"id":"g"}}""";
        assertThat(phi("fleet").out())
                .extracting(line -> line.split(" +", 2)[0])
                .containsExactly("WORKER", "c", "b", "d", "a", "gateway");
    }

    @Test
    void refusal_isOneLineAndExitCode1() {
        status = 409;
        answer = "{\"error\":{\"code\":\"last_worker\",\"message\":\"no other worker takes requests\"}}";
        PhiRun ended = phi("cordon", "w1");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors()).contains("409").contains("no other worker takes requests");
        assertThat(ended.errors().lines()).hasSize(1);
        status = 404;
        answer = "{\"error\":{\"code\":\"not_found\",\"message\":\"there is nothing at this path\"}}";
        assertThat(phi("drain", "w1").errors()).contains("PHI_ADMIN_KEY");
    }
}
