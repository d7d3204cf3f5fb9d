package phifleet.webui.browser;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import phifleet.webui.browser.Programs.Program;

/** A gateway and two workers, for all tests of a class. */
@Tag("browser")
abstract class PageTest {
    private static @Nullable Programs programs;
    private static @Nullable Program gateway;

    @BeforeAll
    static void startFleet() throws IOException, InterruptedException {
        Programs started = new Programs(null);
        programs = started;
        gateway = started.gateway();
        started.worker("worker-1");
        started.worker("worker-2");
        started.await(gateway(), "fleet", "\"ready\":2");
    }

    @AfterAll
    static void stopFleet() {
        if (programs != null) {
            programs.close();
        }
    }

    static Program gateway() {
        return Objects.requireNonNull(gateway);
    }
}
