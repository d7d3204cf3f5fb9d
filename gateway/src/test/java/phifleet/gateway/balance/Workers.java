package phifleet.gateway.balance;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import phifleet.common.WorkerCard;
import phifleet.common.WorkerCard.HeldModel;

/** Workers for tests of policies: cards without a process behind them. */
final class Workers {
    private Workers() {}

    static WorkerCard card(String id, HeldModel... models) {
        return new WorkerCard(id, URI.create("http://127.0.0.1:8000"), List.of(models), "0.1.0", "cpu");
    }

    static Worker worker(String id, int cap) {
        return new Worker(card(id), cap, true, 0, new Tally(), (worker, failure) -> {});
    }

    /** As many workers as there are numbers, each with so many requests in flight. */
    static List<Worker> withInFlight(int... inFlight) {
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < inFlight.length; i++) {
            Worker worker = worker("w" + i, 256);
            IntStream.range(0, inFlight[i]).forEach(n -> worker.lease());
            workers.add(worker);
        }
        return workers;
    }
}
