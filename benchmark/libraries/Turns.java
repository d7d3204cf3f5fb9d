import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Embeds the lines of a file in lists of 64, each time a line comes in, and answers with seconds of the clock, seconds of the
 * processors and resident megabytes. First it says the milliseconds from the process's start to the first vector, and that vector.
 */
final class Turns {
    private static final int LIST = 64;

    private Turns() {}

    /** A library that is asked. */
    interface Library {
        List<float[]> embed(List<String> texts) throws Exception;
    }

    static void run(String[] arguments, Library library) throws Exception {
        List<String> texts = Files.readAllLines(Path.of(arguments[0]));
        float[] first = library.embed(texts.subList(0, 1)).getFirst();
        long start = ManagementFactory.getRuntimeMXBean().getStartTime();
        System.out.println("ready " + (System.currentTimeMillis() - start) + " "
                + IntStream.range(0, first.length)
                        .mapToObj(i -> Float.toString(first[i]))
                        .collect(Collectors.joining(",")));
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Scanner turns = new Scanner(System.in, StandardCharsets.UTF_8);
        while (turns.hasNextLine()) {
            turns.nextLine();
            long cpu = system.getProcessCpuTime();
            long began = System.nanoTime();
            List<float[]> vectors = new ArrayList<>();
            for (int i = 0; i < texts.size(); i += LIST) {
                vectors.addAll(library.embed(texts.subList(i, Math.min(texts.size(), i + LIST))));
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
            if (vectors.size() != texts.size()) {
                throw new IllegalStateException(vectors.size() + " vectors of " + texts.size() + " texts");
            }
            System.out.println("turn " + seconds + " " + cpuSeconds + " " + resident());
        }
    }

    private static long resident() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
