package phifleet.benchmark.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import phifleet.benchmark.Arrivals;
import phifleet.benchmark.Call;
import phifleet.benchmark.LoadDriver;
import phifleet.benchmark.LoadReport;
import phifleet.benchmark.MemoryWatch;
import phifleet.benchmark.Usage;
import phifleet.benchmark.Workload;
import phifleet.benchmark.plan.Scenario;
import phifleet.benchmark.targets.Sample;
import phifleet.benchmark.targets.Target;

/** Runs one scenario against a target that is ready. */
final class ScenarioRun {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final Target target;
    private final Scenario scenario;
    private final Workload workload;

    ScenarioRun(Target target, Scenario scenario, List<Sample> samples) {
        this.target = target;
        this.scenario = scenario;
        this.workload = Workload.inTurn(calls(target, scenario, samples));
    }

    /** Requests of consecutive samples, from the start again at the end; each sample comes as often as every other. */
    private static List<Call> calls(Target target, Scenario scenario, List<Sample> samples) {
        List<Call> calls = new ArrayList<>();
        for (int first = 0; first < samples.size(); first++) {
            List<Sample> of = new ArrayList<>();
            for (int i = 0; i < scenario.batchSize(); i++) {
                of.add(samples.get((first * scenario.batchSize() + i) % samples.size()));
            }
            // Spread evenly: a request in five is every fifth, not the first fifth.
            boolean later =
                    Math.floor((first + 1) * scenario.batchPriority()) > Math.floor(first * scenario.batchPriority());
            calls.add(target.call(of, later ? Map.of("X-Priority", "batch") : Map.of()));
        }
        return calls;
    }

    void warmUp(int requests) throws InterruptedException {
        if (requests > 0) {
            new LoadDriver(target.url(), scenario.concurrency(), PATIENCE).run(workload, requests);
        }
    }

    Measurement measure(Slot slot, String plan, double loadMillis, String threads) throws InterruptedException {
        LoadDriver driver = new LoadDriver(target.url(), scenario.concurrency(), PATIENCE);
        Arrivals pace = scenario.rate().<Arrivals>map(Arrivals.Open::every).orElse(new Arrivals.Closed());
        OptionalDouble machine = MachineLoad.busySeconds();
        OptionalDouble before = cpu();
        LoadReport report;
        long memory;
        try (MemoryWatch watch = new MemoryWatch(target::usage)) {
            report = load(driver, pace);
            memory = watch.mostBytes();
        }
        OptionalDouble after = cpu();
        OptionalDouble used = before.isPresent() && after.isPresent()
                ? OptionalDouble.of(after.getAsDouble() - before.getAsDouble())
                : OptionalDouble.empty();
        return new Measurement(
                slot,
                plan,
                loadMillis,
                threads,
                scenario.load(),
                scenario.concurrency(),
                scenario.batchSize(),
                report.elapsed().toNanos() / 1e9,
                report.succeeded(),
                report.latency(),
                used,
                memory,
                report.lost(),
                report.mismatches(),
                ClientCost.of(report, pace, CORES),
                others(machine, used, report),
                report.samples());
    }

    private LoadReport load(LoadDriver driver, Arrivals pace) throws InterruptedException {
        return switch (pace) {
            case Arrivals.Open open -> driver.run(workload, scenario.openRequests(), open);
            case Arrivals.Closed() ->
                scenario.duration().isPresent()
                        ? driver.run(workload, scenario.duration().get())
                        : driver.run(workload, scenario.requests());
        };
    }

    private OptionalDouble cpu() {
        return target.usage().map(Usage::cpuSeconds).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    private static OptionalDouble others(OptionalDouble before, OptionalDouble used, LoadReport report) {
        OptionalDouble after = MachineLoad.busySeconds();
        if (before.isEmpty() || after.isEmpty() || used.isEmpty()) {
            return OptionalDouble.empty();
        }
        double elapsed = report.elapsed().toNanos() / 1e9;
        double others = after.getAsDouble()
                - before.getAsDouble()
                - used.getAsDouble()
                - report.clientCpu().toNanos() / 1e9;
        return OptionalDouble.of(Math.max(0, others / (elapsed * CORES)));
    }
}
