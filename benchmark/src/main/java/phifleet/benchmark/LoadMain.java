package phifleet.benchmark;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The driver at the command line: one call, or one JSON body a line, in a closed loop. */
public final class LoadMain {
    private static final String USAGE = """
            usage: LoadMain --url http://HOST:PORT/PATH [--connections 32] [--seconds 10 | --requests N] [--warmup SECONDS]
                            [--json BODY | --json-lines FILE]
              Without a body it sends GET. Exit code 1 where a request was lost.""";
    private static final Set<String> OPTIONS =
            Set.of("url", "connections", "seconds", "requests", "warmup", "json", "json-lines");

    private LoadMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> options = parse(args);
        String url = options.get("url");
        if (url == null) {
            System.err.println(USAGE);
            System.exit(2);
            return;
        }
        URI target = URI.create(url);
        Workload workload = Workload.inTurn(calls(target, options));
        LoadDriver driver = new LoadDriver(target, Integer.parseInt(options.getOrDefault("connections", "32")));
        String warmUp = options.get("warmup");
        if (warmUp != null) {
            driver.run(workload, Duration.ofSeconds(Long.parseLong(warmUp)));
        }
        String requests = options.get("requests");
        LoadReport report = requests != null
                ? driver.run(workload, Long.parseLong(requests))
                : driver.run(workload, Duration.ofSeconds(Long.parseLong(options.getOrDefault("seconds", "10"))));
        System.out.print(report.table());
        System.exit(report.lost() == 0 && report.mismatches() == 0 ? 0 : 1);
    }

    private static List<Call> calls(URI target, Map<String, String> options) throws IOException {
        String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        @Nullable String json = options.get("json");
        if (json != null) {
            return List.of(Call.postJson("POST " + path, path, json, AnswerCheck.anything()));
        }
        @Nullable String file = options.get("json-lines");
        if (file != null) {
            return Files.readAllLines(Path.of(file), StandardCharsets.UTF_8).stream()
                    .map(line -> Call.postJson("POST " + path, path, line, AnswerCheck.anything()))
                    .toList();
        }
        return List.of(Call.get("GET " + path, path, AnswerCheck.anything()));
    }

    private static Map<String, String> parse(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : args[i];
            if (!OPTIONS.contains(name) || i + 1 == args.length) {
                System.err.println("unknown or incomplete option " + args[i] + "\n" + USAGE);
                System.exit(2);
            }
            options.put(name, args[i + 1]);
        }
        return options;
    }
}
