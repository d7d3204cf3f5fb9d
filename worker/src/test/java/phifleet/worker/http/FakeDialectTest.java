package phifleet.worker.http;

import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class FakeDialectTest implements DialectContract {
    private static TestWorker worker;

    @BeforeAll
    static void start() {
        worker = new TestWorker("");
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @Override
    public URI uri() {
        return URI.create("http://127.0.0.1:" + worker.port);
    }

    @Override
    public int dimension() {
        return FakeEncoder.DIMENSION;
    }
}
