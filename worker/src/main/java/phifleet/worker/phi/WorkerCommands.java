package phifleet.worker.phi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What an operator does to one worker of a fleet. PHI_ADMIN_KEY has the operators' key. */
abstract class WorkerCommands implements Callable<Integer> {
    private final String action;

    @Mixin
    private Connection fleet = new Connection();

    @Parameters(paramLabel = "WORKER", description = "its id")
    private String worker = "";

    private WorkerCommands(String action) {
        this.action = action;
    }

    /** Whether it is done where no other worker takes requests. */
    boolean forced() {
        return false;
    }

    @Override
    public Integer call() throws Exception {
        try (FleetClient client = fleet.open()) {
            JsonNode done = client.act(worker, action, forced());
            fleet.print(fleet.isJson() ? done.toString() : worker + ": " + words(done));
        }
        return 0;
    }

    private static String words(JsonNode done) {
        String state = done.path("state").asText();
        if (done.path("drained").asBoolean()) {
            return String.format(
                    Locale.ROOT,
                    "%s, nothing is in hand after %.1f s",
                    state,
                    done.path("cordoned_ms").asLong() / 1e3);
        }
        int inHand = done.path("in_hand").asInt();
        return state
                + (done.path("changed").asBoolean() ? "" : ", as it was")
                + (inHand == 0 ? "" : ", " + inHand + " in hand");
    }

    /** Those that take a worker out of the fleet's work. */
    abstract static class Away extends WorkerCommands {
        @Option(names = "--force", description = "also where no other worker takes requests")
        private boolean force;

        Away(String action) {
            super(action);
        }

        @Override
        boolean forced() {
            return force;
        }
    }

    @Command(
            name = "cordon",
            description =
                    "Has no gateway send a worker anything new; what it has in hand ends. PHI_ADMIN_KEY is asked for.")
    static final class Cordon extends Away {
        Cordon() {
            super("cordon");
        }
    }

    @Command(
            name = "drain",
            description = "The same, and ends once the worker has nothing in hand. PHI_ADMIN_KEY is asked for.")
    static final class Drain extends Away {
        Drain() {
            super("drain");
        }
    }

    @Command(name = "resume", description = "Has gateways send a worker requests again. PHI_ADMIN_KEY is asked for.")
    static final class Resume extends WorkerCommands {
        Resume() {
            super("resume");
        }
    }
}
