package phifleet.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A worker and a FastAPI server of the ordinary kind with the same model, processes all three: the server with a process a core and one
 * thread a call, which is its best, and as one process with the engine's own threads, which is what its documentation begins with.
 *
 * @param server what it is called in what is printed
 */
record BesideFastApi(String server, Contender worker, Contender many, Contender one) {
    private static final String WORKER = "worker";

    /**
     * Starts them by the commands that the system properties {@code command.worker} and {@code command.fastapi} name.
     *
     * @param entry the model's in models.yaml
     * @param model its file or folder
     * @param toWorker what the worker is asked, as {@code toServer} is what the server is
     */
    static BesideFastApi start(
            Processes processes,
            Path folder,
            String server,
            String entry,
            Path model,
            List<Call> toWorker,
            List<Call> toServer)
            throws IOException, InterruptedException {
        Path models = Files.writeString(folder.resolve("models.yaml"), "models: [" + entry + "]");
        int cores = Runtime.getRuntime().availableProcessors();
        return new BesideFastApi(
                server,
                Contender.start(
                        processes,
                        WORKER,
                        "command.worker",
                        toWorker,
                        Map.of(
                                "PHI_MODELS", models.toString(),
                                "PHI_MEMBERSHIP_DISCOVERY", "none",
                                "PHI_API_KEY", "",
                                // A busy machine must not have it refuse what would take too long.
                                "PHI_BATCHING_QUEUE_MS", "600000")),
                server(processes, "fastapi-many", toServer, model, cores, 1),
                server(processes, "fastapi-one", toServer, model, 1, 0));
    }

    private static Contender server(
            Processes processes, String name, List<Call> calls, Path model, int count, int threads)
            throws IOException, InterruptedException {
        Map<String, String> environment = Map.of(
                "MODEL", model.toString(), "PROCESSES", Integer.toString(count), "THREADS", Integer.toString(threads));
        return Contender.start(processes, name, "command.fastapi", calls, environment);
    }

    /**
     * Has them take turns.
     *
     * @param counted what a turn counts as
     */
    Turns turns(int clients, int requests, int warmUps, int rounds, UnaryOperator<Turns.Measured> counted)
            throws Exception {
        return new Turns()
                .add(WORKER, () -> counted.apply(worker.load(clients, requests)))
                .add(nameOfMany(), () -> counted.apply(many.load(clients, requests)))
                .add(nameOfOne(), () -> counted.apply(one.load(clients, requests)))
                .warmUp(warmUps)
                .run(rounds);
    }

    /** Prints what each did, and the worker's against both ways of the server. */
    void report(Turns turns, String items, double bar) {
        turns.paces(items);
        turns.ratio("worker / " + nameOfMany(), WORKER, nameOfMany(), bar);
        turns.ratio("worker / " + nameOfOne(), WORKER, nameOfOne(), bar);
    }

    private String nameOfMany() {
        return server + ", a process a core";
    }

    private String nameOfOne() {
        return server + ", one process";
    }
}
