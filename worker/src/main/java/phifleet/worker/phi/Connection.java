package phifleet.worker.phi;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Which fleet a command asks, and in which form it prints what that answers. */
final class Connection {
    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            defaultValue = "${env:PHI_URL:-http://localhost:8080}",
            description = "a gateway, or a worker alone; default: $PHI_URL, else ${DEFAULT-VALUE}")
    private URI url = URI.create("http://localhost:8080");

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "prints what was answered, as it was, an answer a line")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** To be closed. */
    FleetClient open() {
        return new FleetClient(url, System.getenv());
    }

    /** Whether answers are printed as they are. */
    boolean isJson() {
        return json;
    }

    void print(JsonNode answer) {
        print(answer.toString());
    }

    void print(String line) {
        Objects.requireNonNull(spec).commandLine().getOut().println(line);
    }

    /** Lines whose columns stand below each other. */
    void table(List<List<String>> rows) {
        Table.lines(rows).forEach(this::print);
    }
}
