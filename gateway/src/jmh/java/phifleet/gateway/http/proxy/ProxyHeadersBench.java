package phifleet.gateway.http.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to pass on the headers of a small request, and of its answer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ProxyHeadersBench {
    private final MultiMap request = HttpHeaders.headers()
            .add("Host", "localhost:8080")
            .add("User-Agent", "python-requests/2.32.3")
            .add("Accept", "*/*")
            .add("Connection", "keep-alive")
            .add("Content-Type", "application/json")
            .add("Content-Length", "70");
    private final MultiMap answer = HttpHeaders.headers()
            .add("X-Request-Id", "gateway-1-1")
            .add("X-Worker-Id", "worker-1")
            .add("X-Device-Ms", "1.25")
            .add("Content-Type", "application/json")
            .add("Content-Length", "4096");

    @Benchmark
    public MultiMap request() {
        MultiMap to = HttpHeaders.headers();
        ProxyHeaders.copyEndToEnd(request, to);
        return to;
    }

    @Benchmark
    public MultiMap answer() {
        MultiMap to = HttpHeaders.headers();
        ProxyHeaders.copyAnswer(answer, to, false);
        return to;
    }
}
