package phifleet.benchmark.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * {@code simulate [seed] [gateways] [price]}: what a fleet would do under each trace, in a table, and what that costs at the price of a
 * worker's hour; {@code simulate log FILE [seed] [gateways] [price]}: the same under what a log says was asked; {@code simulate gateways
 * [seed]}: what many gateways lose, by how they choose; {@code simulate cells [seed]}: what many small fleets cost in place of one.
 */
public final class SimulateMain {
    private SimulateMain() {}

    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        String first = words.isEmpty() ? "" : words.getFirst();
        switch (first) {
            case "gateways" -> ManyGateways.print(number(words, 1), System.out);
            case "cells" -> Cells.print(number(words, 1), System.out);
            case "log" -> {
                if (words.size() < 2) {
                    throw new IOException("simulate log FILE: name a log");
                }
                Scene scene = Scene.USUAL.withGateways(Math.toIntExact(number(words, 3)));
                table(
                        scene,
                        List.of(RecordedTrace.read(Path.of(words.get(1)), scene.cost())),
                        number(words, 2),
                        price(words, 4));
            }
            default ->
                table(
                        Scene.USUAL.withGateways(Math.toIntExact(number(words, 1))),
                        Trace.all(),
                        number(words, 0),
                        price(words, 2));
        }
    }

    /** The number of that place; 1 where there is none. */
    private static long number(List<String> words, int place) {
        return place < words.size() ? Long.parseLong(words.get(place)) : 1;
    }

    /** Of a worker's hour; 0 where there is none. */
    private static double price(List<String> words, int place) {
        return place < words.size() ? Double.parseDouble(words.get(place)) : 0;
    }

    private static void table(Scene scene, List<Trace> traces, long seed, double price) {
        System.out.printf(
                Locale.ROOT,
                "seed %d, %d gateway(s); a batch takes %.1f ms and %.1f for each of at most %d; a worker starts in %.0f s%n%n",
                seed,
                scene.gateways(),
                scene.cost().batchSeconds() * 1e3,
                scene.cost().requestSeconds() * 1e3,
                scene.cost().mostInBatch(),
                scene.startSeconds());
        System.out.println(
                "| trace | size | served | queue p50, ms | p99, ms | lost | refused | changes | worker-hours |"
                        + (price > 0 ? " price |" : ""));
        System.out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|" + (price > 0 ? "--:|" : ""));
        for (Trace trace : traces) {
            print(Simulation.run(scene, trace, seed), price);
            print(Simulation.runKnowing(scene, trace, seed), price);
        }
    }

    private static void print(Simulated done, double price) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %.1f | %.1f | %d | %d | %d | %.2f |",
                done.trace(),
                done.size(),
                done.served(),
                done.p50(),
                done.p99(),
                done.lost(),
                done.refused(),
                done.changes(),
                done.workerHours());
        System.out.println(price > 0 ? String.format(Locale.ROOT, " %.2f |", price * done.workerHours()) : "");
    }
}
