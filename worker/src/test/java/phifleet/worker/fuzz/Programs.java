package phifleet.worker.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import phifleet.benchmark.Fleet;
import phifleet.benchmark.Processes.Started;

/** The two processes: whether they are as well after it all as before. */
final class Programs {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a heap of live objects may grow by: caches that fill. */
    private static final long MAX_GROWTH_KIB = 12 * 1024;

    private static final Pattern USED = Pattern.compile("(?<!committed )used ([0-9]+)K");
    private final Fleet fleet;
    private final Path logs;
    private final Map<String, Long> live = new LinkedHashMap<>();

    Programs(Fleet fleet, Path logs) {
        this.fleet = fleet;
        this.logs = logs;
    }

    private List<Started> all() {
        return List.of(fleet.workers().getFirst(), fleet.gateway());
    }

    /** Notes the memory that they need. */
    void remember() throws IOException, InterruptedException {
        for (Started program : all()) {
            live.put(program.name(), liveKib(program));
        }
    }

    /** Says what is wrong; whether nothing is. */
    boolean areWell() throws IOException, InterruptedException {
        boolean well = true;
        for (Started program : all()) {
            if (!program.process().isAlive()) {
                System.out.println(
                        program.name() + " has ended with " + program.process().exitValue());
                return false;
            }
            long before = live.getOrDefault(program.name(), 0L);
            long now = liveKib(program);
            System.out.println("  " + program.name() + ": " + now / 1024 + " MiB of live objects, " + before / 1024
                    + " before; resident " + residentKib(program) / 1024 + " MiB");
            well &= now - before < MAX_GROWTH_KIB;
        }
        well &= queueIsEmpty();
        return well && logsAreClean();
    }

    private boolean queueIsEmpty() throws IOException {
        try (Wire wire = new Wire(fleet.workers().getFirst().port(), 10_000)) {
            wire.send("GET /info HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            JsonNode queue = JSON.readTree(wire.body(wire.head())).path("queue");
            boolean empty = queue.path("depth").asInt(-1) == 0
                    && queue.path("queued_tokens").asInt(-1) == 0;
            if (!empty) {
                System.out.println("the queue is not empty: " + queue);
            }
            return empty;
        }
    }

    /** An error that was answered, but that nobody foresaw, is in a log. */
    private boolean logsAreClean() throws IOException {
        boolean clean = true;
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (line.contains(" ERROR ")
                            || line.contains("Exception in thread")
                            || line.contains("OutOfMemory")) {
                        System.out.println(file + ": " + line);
                        clean = false;
                    }
                }
            }
        }
        return clean;
    }

    private static long liveKib(Started program) throws IOException, InterruptedException {
        jcmd(program, "GC.run");
        jcmd(program, "GC.run");
        Matcher used = USED.matcher(jcmd(program, "GC.heap_info").replaceAll("(?m)^ *(Metaspace|class space).*$", ""));
        long sum = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1));
        }
        return sum;
    }

    private static String jcmd(Started program, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(program.process().pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static long residentKib(Started program) throws IOException {
        Path status = Path.of("/proc", Long.toString(program.process().pid()), "status");
        Matcher line = Pattern.compile("VmRSS:\\s+([0-9]+) kB").matcher(Files.readString(status));
        return line.find() ? Long.parseLong(line.group(1)) : 0;
    }
}
