package phifleet.gateway.balance;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import phifleet.common.WorkerCard;

/** A directory with a clock of its own, and workers that tests have come and go. */
abstract class DirectoryTest {
    static final WorkerCard ONE = Workers.card("one");
    static final WorkerCard TWO = Workers.card("two");

    final AtomicLong clock = new AtomicLong();
    final WorkerDirectory directory = new WorkerDirectory(DirectorySettings.DEFAULT, clock::get);

    void pass(Duration time) {
        clock.addAndGet(time.toNanos());
        directory.tick();
    }

    Worker worker(String id) {
        return directory.find(id).orElseThrow();
    }

    void ready(WorkerCard... cards) {
        directory.members(List.of(cards));
        for (WorkerCard card : cards) {
            directory.probed(worker(card.id()), Probe.READY);
        }
    }

    List<String> eligible() {
        return directory.snapshot().eligible().stream()
                .map(worker -> worker.card().id())
                .sorted()
                .toList();
    }
}
