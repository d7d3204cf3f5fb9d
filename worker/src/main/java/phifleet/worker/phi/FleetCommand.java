package phifleet.worker.phi;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The workers of a fleet, once or as they change. */
@Command(
        name = "fleet",
        description = {
            "Shows the workers of a gateway, trouble first: state, device, requests in hand and a second, latency, GPU.",
            "At a terminal it goes on showing them, as top does, until it is interrupted.",
            "PHI_API_KEY is shown where it is set."
        })
final class FleetCommand implements Callable<Integer> {
    /** To the terminal's upper left corner, and nothing below. */
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Mixin
    private Connection fleet = new Connection();

    @Option(names = "--once", description = "shows them once")
    private boolean once;

    @Option(names = "--every", paramLabel = "SECONDS", defaultValue = "2", description = "default: ${DEFAULT-VALUE}")
    private int seconds = 2;

    @Override
    public Integer call() throws Exception {
        try (FleetClient client = fleet.open()) {
            if (fleet.isJson()) {
                Optional<JsonNode> answer = client.fleet();
                fleet.print(answer.isPresent() ? answer.get() : client.get("/info"));
            } else if (once || !isAtTerminal()) {
                lines(client).forEach(fleet::print);
            } else {
                // The height that scripts/phi found, since Java knows none.
                new FleetScreen(
                                () -> lines(client),
                                shown -> fleet.print(CLEAR + String.join("\n", shown)),
                                () -> TimeUnit.SECONDS.sleep(Math.max(1, seconds)),
                                Integer.getInteger("phi.lines", 0))
                        .run();
            }
        }
        return 0;
    }

    private static List<String> lines(FleetClient client) throws FleetClient.Refusal, InterruptedException {
        Optional<JsonNode> answer = client.fleet();
        return answer.isPresent() ? FleetTable.ofGateway(answer.get()) : FleetTable.ofWorker(client.get("/info"));
    }

    // Since JDK 25 there is none where input or output is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isAtTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
