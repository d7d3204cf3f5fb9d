package phifleet.worker.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import phifleet.benchmark.Fleet;
import phifleet.worker.http.ApiDescription;
import phifleet.worker.http.IngestUnderFuzz;

/**
 * Called by {@code scripts/fuzz}: ROOT SECONDS SEED [TARGET [INPUT]]. A seed that is no number stands for a new one. With a
 * target it alone is tried, with the number of an input only that one, again.
 */
public final class FuzzMain {
    private static final int FRAMING_THREADS = 96;
    private static final int WARM_UP_SECONDS = 5;

    private FuzzMain() {}

    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[0]);
        long seed = args[2].matches("-?[0-9]+") ? Long.parseLong(args[2]) : new SecureRandom().nextLong();
        System.out.println("seed " + seed);
        Path folder = Files.createTempDirectory(root.resolve("run"), "fuzz-");
        Fleet.Commands commands = new Fleet.Commands(command("worker"), command("gateway"), List.of());
        boolean good;
        try (Fleet fleet = Fleet.start(commands, folder.resolve("logs"), 1);
                IngestUnderFuzz index = new IngestUnderFuzz(folder.resolve("index"))) {
            List<Target> targets = targets(fleet, index.port(), folder, root);
            if (args.length > 3) {
                targets = List.of(named(args[3], targets));
            }
            if (args.length > 4) {
                good = new Fuzzing(targets, seed).again(Long.parseLong(args[4]));
            } else {
                Programs programs = new Programs(fleet, folder.resolve("logs"));
                // What is loaded at the first of its kind is no leak.
                new Fuzzing(targets, seed + 1).run(WARM_UP_SECONDS);
                programs.remember();
                Fuzzing fuzzing = new Fuzzing(targets, seed);
                good = fuzzing.run(Integer.parseInt(args[1])) && programs.areWell();
                System.out.println((good ? "all well" : "FAILED") + "; seed " + seed);
            }
        }
        System.exit(good ? 0 : 1);
    }

    private static List<Target> targets(Fleet fleet, int index, Path folder, Path root) throws IOException {
        List<Target> targets = new ArrayList<>(FileTargets.all(folder, root));
        targets.add(new EquationTarget());
        int worker = fleet.workers().getFirst().port();
        int gateway = fleet.gatewayUrl().getPort();
        ApiDescription description = ApiDescription.read();
        targets.add(new ApiTarget("api of the worker", worker, description));
        targets.add(new ApiTarget("api of the gateway", gateway, description));
        targets.add(new IngestTarget(index, description));
        targets.add(new FramingTarget("framing at the worker", worker, FRAMING_THREADS));
        targets.add(new FramingTarget("framing at the gateway", gateway, FRAMING_THREADS));
        return targets;
    }

    private static Target named(String name, List<Target> targets) {
        return targets.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no target '" + name + "', but "
                        + targets.stream().map(Target::name).toList()));
    }

    private static List<String> command(String name) {
        return List.of(System.getProperty("command." + name, "").split(" +"));
    }
}
