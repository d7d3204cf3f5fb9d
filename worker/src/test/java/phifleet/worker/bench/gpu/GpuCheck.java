package phifleet.worker.bench.gpu;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import phifleet.worker.bench.Java;

/**
 * Runs the parts one after another, each in a process of its own, so that one that crashes or hangs takes no other with it; and
 * writes {@code gpu-check.json} and {@code gpu-check.md} after each.
 *
 * <p>{@code GpuCheck OUT [--pretend]}: pretending, all of it runs on the CPU at a small size, and what a CPU cannot do is told as
 * "not here". Exits 0 where no step of any part failed, 1 else.
 */
public final class GpuCheck {
    private GpuCheck() {}

    public static void main(String[] arguments) throws Exception {
        Path out = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
        boolean pretend = List.of(arguments).contains("--pretend");
        long start = System.nanoTime();
        ObjectNode report = new JsonMapper().createObjectNode();
        report.put("at", Instant.now().toString()).put("pretend", pretend);
        ObjectNode parts = report.putObject("parts");
        boolean whole = true;
        for (Part part : Part.values()) {
            System.out.printf("[%3d s] %s ...%n", seconds(start), part.label());
            long began = System.nanoTime();
            ObjectNode result = run(part, out, pretend);
            result.put("seconds", seconds(began));
            parts.set(part.label(), result);
            boolean failed = Outcome.failed(result);
            whole &= !failed;
            System.out.printf(
                    "[%3d s] %s: %s%s%n",
                    seconds(start),
                    part.label(),
                    result.path(Outcome.KEY).asText(),
                    failed
                            ? ": " + result.path("failure").asText() + " (see "
                                    + out.resolve(result.path("log").asText()) + ")"
                            : "");
            report.put("seconds", seconds(start)).put("whole", whole);
            write(out, report);
        }
        System.exit(whole ? 0 : 1);
    }

    private static ObjectNode run(Part part, Path out, boolean pretend) throws IOException, InterruptedException {
        Path result = out.resolve(part.label() + ".json");
        Files.deleteIfExists(result);
        Path log = out.resolve(part.label() + ".log");
        Process process = Java.process(List.of(
                        "-Xmx2g",
                        "-Dorg.apache.logging.log4j.level=INFO",
                        PartMain.class.getName(),
                        part.name(),
                        out.toString(),
                        pretend ? "--pretend" : "--real"))
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(pretend ? part.pretendSeconds() : part.seconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        ObjectNode found = new JsonMapper().createObjectNode();
        if (Files.exists(result)) {
            try {
                found = (ObjectNode) new JsonMapper().readTree(result.toFile());
            } catch (IOException | ClassCastException e) {
                found.put("failure", "its result cannot be read: " + e.getMessage());
            }
        }
        found.put("log", log.getFileName().toString());
        boolean ends = ended && List.of(0, 1).contains(process.exitValue()) && found.has(Outcome.KEY);
        if (!ends) {
            found.put("failure", (ended ? "exit code " + process.exitValue() : "out of time") + ": " + tail(log));
            Outcome.judge(found);
        }
        return found;
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    private static void write(Path out, ObjectNode report) throws IOException {
        new JsonMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(out.resolve("gpu-check.json").toFile(), report);
        Files.writeString(out.resolve("gpu-check.md"), Markdown.of(report));
    }

    private static long seconds(long since) {
        return (System.nanoTime() - since) / 1_000_000_000;
    }
}
